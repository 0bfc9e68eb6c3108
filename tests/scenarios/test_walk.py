"""Every address is asked as every role: who finds what, and that nothing else is there for anybody.

`TABLE` is the whole answer. An address that is not in it fails, and so does one that answers
somebody whom the table does not name. "here" is the published edition, "elsewhere" a draft: what
the table says of the roles here holds for those elsewhere on the draft's pages, except that a
draft's public pages are there only for those who oversee it.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from madang.core import clock
from madang.core.models import DemoClock
from madang.site.demo import moments
from tests.support.addresses import Pattern, patterns
from tests.support.clients import client_of
from tests.support.markup import complaints
from tests.support.world import Half, World, make_world

pytestmark = pytest.mark.django_db

# A visitor is given a session, which remembers where to go once signed in.
CHANGE = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
KINDS = ("participant", "resource person", "host", "director", "secretariat")
ROLES = (
    "visitor", "stranger", "focal point", "coordinator", "director", "secretariat",
    *(f"{kind} here" for kind in KINDS), *(f"{kind} elsewhere" for kind in KINDS),
)  # fmt: skip

Names = frozenset[str]
EVERYONE = frozenset(ROLES)
SIGNED_IN = EVERYONE - {"visitor"}
NOBODY: Names = frozenset()
PLAN = frozenset({"secretariat", "secretariat here"})
OVERSEE = PLAN | {"director", "director here"}
PLAN_ANY = PLAN | {"secretariat elsewhere"}
OVERSEE_ANY = OVERSEE | {"secretariat elsewhere", "director elsewhere"}
EVERYWHERE = frozenset({"secretariat"})
BELONG = OVERSEE | {"participant here", "resource person here"}


@dataclass(frozen=True)
class Row:
    """Who gets an address, of the published edition and of the draft.

    `sign_in`: a visitor is led to the sign-in page. `post`: it only takes what is sent to it.
    """

    who: Names
    draft: Names
    sign_in: bool = False
    post: bool = False


def rows(who: Names, names: str, *, draft: Names | None = None, **how: bool) -> dict[str, Row]:
    return {name: Row(who, who if draft is None else draft, **how) for name in names.split()}


TABLE: dict[str, Row] = {
    # Public, and the same for everybody.
    **rows(EVERYONE, "home language style worker offline manifest"),
    **rows(EVERYONE, "api api:api-root api:openapi-json api:editions"),
    **rows(EVERYONE, "newsroom:index newsroom:feed newsroom:release"),
    # Signing in: pages that lead elsewhere whoever has no use for them.
    **rows(
        EVERYONE,
        """account_login account_logout account_inactive account_signup account_reset_password
        account_email_verification_sent account_confirm_login_code account_confirm_email
        account_reset_password_from_key account_reset_password_from_key_done
        account_reset_password_done account_request_login_code mfa_authenticate
        mfa_login_webauthn""",
    ),
    # One's own account.
    **rows(
        SIGNED_IN,
        """people:account people:profile people:roles people:privacy people:erase
        account_reauthenticate account_email account_change_password account_set_password
        mfa_index mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp
        mfa_generate_recovery_codes mfa_list_webauthn mfa_add_webauthn
        mfa_reauthenticate_webauthn mfa_remove_webauthn mfa_edit_webauthn""",
        sign_in=True,
    ),
    **rows(
        SIGNED_IN, "people:sign_out_everywhere people:consents people:copy", sign_in=True, post=True
    ),
    **rows(frozenset({"focal point"}), "people:delegate people:withdraw", sign_in=True),
    # Nobody in this world has recovery codes.
    **rows(NOBODY, "mfa_view_recovery_codes mfa_download_recovery_codes", sign_in=True),
    # A workshop: a draft's pages are there for those who oversee it, a programme once published.
    **rows(
        EVERYONE,
        """workshops:edition workshops:materials workshops:recommendations workshops:programme
        workshops:versions workshops:person workshops:week workshops:calendar""",
        draft=OVERSEE,
    ),
    **rows(
        EVERYONE,
        """workshops:day workshops:version workshops:difference workshops:session
        workshops:calendar_feed workshops:session_calendar workshops:my_calendar
        workshops:changes workshops:programme_data workshops:programme_export
        workshops:booklet workshops:booklet_making workshops:booklet_file
        api:edition api:programme api:sessions""",
        draft=NOBODY,
    ),
    **rows(BELONG, "workshops:people", draft=OVERSEE),
    **rows(OVERSEE | {"host here"}, "workshops:numbers", draft=OVERSEE),
    **rows(OVERSEE, "workshops:draft"),
    **rows(frozenset({"participant here"}), "workshops:calendar_stop", draft=NOBODY),
    **rows(
        frozenset({"participant here"}),
        "workshops:sign_up workshops:withdraw workshops:calendar_link",
        draft=NOBODY,
        post=True,
    ),
    # The secretariat's pages: a director reads them.
    **rows(OVERSEE_ANY, "manage:desk manage:series_list newsroom_manage:index core:history"),
    **rows(
        OVERSEE,
        """manage:edition manage:sessions manage:session manage:sign_ups manage:timetable
        manage:suggestion manage:publish manage:people manage:person manage:materials
        manage:material manage:places manage:recommendations manage:settings manage:history
        newsroom_manage:release core:approval core:file""",
    ),
    **rows(OVERSEE, "manage:told", draft=NOBODY),
    **rows(PLAN_ANY, "newsroom_manage:add"),
    # A series belongs to all its editions: it is for those who plan every one of them.
    **rows(
        EVERYWHERE,
        "manage:series_add manage:series_edit manage:series_translation manage:edition_add",
    ),
    **rows(
        PLAN,
        """manage:session_add manage:session_edit manage:session_remove manage:suggest
        manage:place manage:person_find manage:person_add manage:person_edit manage:person_cancel
        manage:material_add manage:material_edit manage:material_version manage:material_withdraw
        manage:site_add manage:travel manage:site_edit manage:site_remove manage:room_add
        manage:room_edit manage:room_remove manage:recommendation_add manage:recommendation_edit
        manage:recommendation_remove manage:answer_edit manage:edition_edit manage:edition_repeat
        manage:module_add manage:module_edit manage:module_remove manage:partner_add
        manage:partner_edit manage:partner_remove manage:translation newsroom_manage:edit
        newsroom_manage:translate newsroom_manage:detach newsroom_manage:withdraw""",
    ),
    **rows(PLAN, "manage:reset_draft", draft=NOBODY),
    **rows(
        PLAN,
        """manage:edition_state manage:session_state manage:sign_up_change manage:use_suggestion
        manage:undo_suggestion manage:person_restore manage:carry_over newsroom_manage:attach
        newsroom_manage:put_up newsroom_manage:publish core:approval-clear
        core:approval-withdraw""",
        post=True,
    ),
    # What waits for a director is decided by the one who was named.
    **rows(SIGNED_IN, "core:approvals core:jobs"),
    **rows(
        frozenset({"director here"}),
        "core:approval-approve core:approval-send-back core:approval-delegate",
        post=True,
    ),
    **rows(frozenset({"secretariat here"}), "core:job"),
    # Accounts, countries and organisations belong to the whole installation.
    **rows(
        EVERYWHERE,
        """people_manage:accounts people_manage:account_add people_manage:account
        people_manage:account_address people_manage:account_close people_manage:role_grant
        people_manage:role_end people_manage:countries people_manage:country
        people_manage:organisations people_manage:organisation_add people_manage:organisation
        people_manage:organisation_merge people_manage:organisation_merge_confirm""",
    ),
    **rows(
        EVERYWHERE,
        """people_manage:account_reopen people_manage:account_sign_out
        people_manage:spelling_add people_manage:spelling_strike""",
        post=True,
    ),
    # Outside the demo, the demo's pages are not there.
    **rows(NOBODY, "demo:about core:outbox core:message core:message-html"),
    **rows(NOBODY, "demo:clock demo:sign_in", post=True),
}


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")


@pytest.fixture
def world() -> Iterator[World]:
    """The world, on the third day of its week."""
    with clock.at(datetime(2007, 10, 10, 3, tzinfo=UTC)):
        yield make_world()


def client_as(world: World, role: str) -> Client:
    account = world.accounts[role]
    client = Client() if account is None else client_of(account)
    client.raise_request_exception = False
    return client


def who_of(row: Row, world: World, half: Half) -> Names:
    """Who gets an address in one half of the world."""
    return row.who if half is world.here else frozenset(map(_mirrored, row.draft))


def steps(world: World) -> Iterator[tuple[Pattern, Half, Names]]:
    """Each address with the half of the world that fills it, and who gets it there."""
    for pattern in patterns():
        row = TABLE.get(pattern.name)
        if row is None:
            continue  # the test above says so
        for half in (world.here, world.elsewhere)[: 1 + pattern.is_of_edition]:
            yield pattern, half, who_of(row, world, half)


def _mirrored(role: str) -> str:
    """The same role in the other edition."""
    if role.endswith(" here"):
        return role.removesuffix("here") + "elsewhere"
    return role.removesuffix("elsewhere") + "here" if role.endswith(" elsewhere") else role


def content_of(answer: HttpResponseBase) -> bytes:
    """The whole answer; one that is streamed is closed by reading it to its end."""
    if answer.streaming:
        return b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return answer.content  # type: ignore[attr-defined]


def leads_to_sign_in(answer: Any) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith("/account/login/")


def test_the_table_names_every_address_and_no_other() -> None:
    names = [pattern.name for pattern in patterns()]
    assert sorted(names) == sorted(TABLE)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_finds_their_own_pages_and_nothing_else(world: World, role: str) -> None:
    client = client_as(world, role)
    wrong: dict[str, Any] = {}
    for pattern, half, who in steps(world):
        row = TABLE[pattern.name]
        # To whom it is no news that there is such a thing.
        known = who_of(row if pattern.names_by_id else TABLE["workshops:edition"], world, half)
        address = pattern.address(world, half)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        content = content_of(answer)
        if row.post:
            right = answer.status_code == 405
        elif role == "visitor" and row.sign_in:
            right = leads_to_sign_in(answer)
        elif role in who:
            right = answer.status_code in {200, 302} and not (
                role != "visitor" and leads_to_sign_in(answer)
            )
        else:
            right = answer.status_code == 404
            if right and pattern.names_a_thing and role not in known:
                right = as_dear_as_nothing(client, pattern, world, half, len(asked))
        found = complaints(answer, content)
        if not right or found:
            wrong[f"{pattern.name} {address}"] = (answer.status_code, len(asked), found)
    assert not wrong, "\n".join(f"{where}: {what}" for where, what in wrong.items())


def as_dear_as_nothing(
    client: Client, pattern: Pattern, world: World, half: Half, queries: int
) -> bool:
    """Whether what may not be seen is answered by as many queries as what does not exist."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(pattern.absent_address(world, half))
    return answer.status_code == 404 and len(asked) == queries


@pytest.mark.parametrize("role", ROLES)
def test_whoever_may_not_changes_nothing_by_sending(world: World, role: str) -> None:
    client = client_as(world, role)
    wrong: dict[str, Any] = {}
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if CHANGE.match(sql) and "django_session" not in sql:
            written.append(sql)
        return execute(sql, params, many, context)

    for pattern, half, who in steps(world):
        row = TABLE[pattern.name]
        if role in who:
            continue
        address = pattern.address(world, half)
        with connection.execute_wrapper(watch):
            answer = client.post(address, {"title": "Taken over", "name": "Taken over"})
        led = role == "visitor" and row.sign_in and leads_to_sign_in(answer)
        if written or not (led or answer.status_code in {404, 405}):
            wrong[f"{pattern.name} {address}"] = (answer.status_code, [*written])
        written.clear()
    assert not wrong, "\n".join(f"{where}: {what}" for where, what in wrong.items())


def test_in_the_demo_its_pages_are_there_for_everybody(world: World, settings: Any) -> None:
    settings.MADANG_DEMO = True
    DemoClock.move_to(moments.START.at, name=moments.START.name)
    for role in ROLES:
        client = client_as(world, role)
        for pattern in patterns():
            if pattern.name.startswith("demo:") or "message" in pattern.name:
                answer = client.get(pattern.address(world, world.here))
                expected = 405 if TABLE[pattern.name].post else 200
                assert answer.status_code == expected, (role, pattern.name)
                assert complaints(answer, answer.content) == [], (role, pattern.name)
