"""Every address is asked as every role: who finds what, and that nothing else is there for anybody.

`TABLE` (in `table.py`) is the whole answer. An address that is not in it fails, and so does one
that answers somebody whom the table does not name.
"""

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from madang.core import clock
from madang.core.models import DemoClock
from madang.site.demo import moments
from tests.scenarios.table import PLAN, ROLES, TABLE, Names, Row
from tests.support.addresses import Pattern, patterns
from tests.support.clients import client_of
from tests.support.markup import complaints
from tests.support.world import MOMENT, Half, World, world_for_a_module

pytestmark = pytest.mark.django_db

# A visitor is given a session, which remembers where to go once signed in.
CHANGE = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
# So that the work spreads over the workers: addresses by the apps whose they are.
PARTS = {
    "nominations": ("nominations", "nominating"),
    "cohorts": ("cohorts", "cohort", "documents"),
    "logistics": ("logistics", "travelling"),
}
# Where the same thing can be seen.
SHOWN_BY = {"workshops:withdraw": "workshops:session"}
TAKING_OVER = {"title": "Taken over", "name": "Taken over", "reason": "Taken over"}


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")


made = pytest.fixture(scope="module")(world_for_a_module)


@pytest.fixture
def world(made: World, db: None) -> Iterator[World]:
    """The world, on the third day of its week; what a test does to its rows is undone."""
    with clock.at(MOMENT):
        yield made


def client_as(world: World, role: str) -> Client:
    account = world.accounts[role]
    client = Client() if account is None else client_of(account)
    client.raise_request_exception = False
    return client


def who_of(row: Row, world: World, half: Half) -> Names:
    """Who gets an address in one half of the world."""
    return row.who if half is world.here else frozenset(map(_mirrored, row.draft))


def steps(world: World, part: str) -> Iterator[tuple[Pattern, Half, Names]]:
    """Each address of a part with the half of the world that fills it, and who gets it there."""
    for pattern in patterns():
        row = TABLE.get(pattern.name)
        if row is None or part_of(pattern) != part:
            continue  # what is not in the table fails a test of its own
        for half in (world.here, world.elsewhere)[: 1 + pattern.is_of_edition]:
            yield pattern, half, who_of(row, world, half)


def part_of(pattern: Pattern) -> str:
    app = pattern.name.partition(":")[0]
    return next((part for part, apps in PARTS.items() if app in apps), "the rest")


def knowing(pattern: Pattern, world: World, half: Half) -> Names:
    """To whom it is no news that there is what the address names."""
    showing = SHOWN_BY.get(pattern.name, pattern.name)
    return who_of(TABLE[showing if pattern.names_by_id else "workshops:edition"], world, half)


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


def leads_to_code(answer: Any) -> bool:
    return answer.status_code == 302 and answer["Location"].partition("?")[0].endswith("/code/")


def test_the_table_names_every_address_and_no_other() -> None:
    names = [pattern.name for pattern in patterns()]
    assert sorted(names) == sorted(TABLE)


def answers_as_told(answer: Any, row: Row, role: str, who: Names) -> bool:
    """Whether an answer to GET is the one that the table gives this role."""
    if row.post:
        return answer.status_code == 405
    if role == "visitor" and row.sign_in:
        return leads_to_sign_in(answer)
    if role not in who:
        return answer.status_code == 404
    if row.code:
        return leads_to_code(answer)
    return answer.status_code in {200, 302} and not (role != "visitor" and leads_to_sign_in(answer))


@pytest.mark.parametrize("part", [*PARTS, "the rest"])
@pytest.mark.parametrize("role", ROLES)
def test_everybody_finds_their_own_pages_and_nothing_else(
    world: World, role: str, part: str
) -> None:
    client = client_as(world, role)
    wrong: dict[str, Any] = {}
    for pattern, half, who in steps(world, part):
        row = TABLE[pattern.name]
        known = knowing(pattern, world, half)
        address = pattern.address(world, half)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        content = content_of(answer)
        right = answers_as_told(answer, row, role, who)
        is_secret = answer.status_code == 404 and pattern.names_a_thing and role not in known
        if right and is_secret:
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


@pytest.mark.parametrize("part", [*PARTS, "the rest"])
@pytest.mark.parametrize("role", ROLES)
def test_whoever_may_not_changes_nothing_by_sending(world: World, role: str, part: str) -> None:
    client = client_as(world, role)
    wrong: dict[str, Any] = {}
    for pattern, half, who in steps(world, part):
        row = TABLE[pattern.name]
        if role in who and not row.code:
            continue
        address = pattern.address(world, half)
        answer, written = sent(client, address)
        led = (
            leads_to_code(answer)
            if role in who
            else role == "visitor" and row.sign_in and leads_to_sign_in(answer)
        )
        if written or not (led or answer.status_code in {404, 405}):
            wrong[f"{pattern.name} {address}"] = (answer.status_code, written)
    assert not wrong, "\n".join(f"{where}: {what}" for where, what in wrong.items())


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("role", ["director", "director here"])
def test_a_director_reads_and_changes_nothing(world: World, role: str, part: str) -> None:
    client = client_as(world, role)
    wrong: dict[str, Any] = {}
    for pattern, half, who in steps(world, part):
        if role in who and who >= PLAN and "stranger" not in who:
            address = pattern.address(world, half)
            answer, written = sent(client, address)
            if written or answer.status_code >= 500:
                wrong[f"{pattern.name} {address}"] = (answer.status_code, written)
    assert not wrong, "\n".join(f"{where}: {what}" for where, what in wrong.items())


def sent(client: Client, address: str) -> tuple[Any, list[str]]:
    """The answer to what somebody sends, and what was written for it."""
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if CHANGE.match(sql) and "django_session" not in sql:
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        answer = client.post(address, TAKING_OVER)
    return answer, written


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
