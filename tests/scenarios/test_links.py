"""Secret addresses: what they open before and after a code, and that nothing opens without them.

And whatever stands beside the pages: files, each read by those whom it is for.
"""

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from madang.core import clock
from madang.core.models import Message
from madang.nominations.models import Nomination
from madang.people import access_links
from madang.people.models import AccessLink
from tests.nominations.factories import make_nomination
from tests.scenarios.table import OVERSEE, PLAN, ROLES, TABLE, Names
from tests.scenarios.test_walk import client_as, content_of
from tests.support.addresses import Pattern, patterns
from tests.support.markup import complaints
from tests.support.world import MOMENT, World, world_for_a_module
from tests.support.world_cohort import token_of

pytestmark = pytest.mark.django_db

# The page that asks for the code of each kind of link that needs one.
CODES = {
    "nominate": "nominating:code",
    "endorse": "nominating:endorse_code",
    "seats": "cohort:seats_code",
    "offer": "cohort:offer_code",
}
# Who reads which file of the published edition.
FILES: dict[str, Names] = {
    "scan": OVERSEE,
    "list": PLAN,
    "signed": OVERSEE | {"focal point"},
    "receipt": OVERSEE,
    "issued_file": OVERSEE | {"participant here"},
    # It holds passport data: officers open it with a trace, by its own page.
    "visa_file": frozenset({"participant here"}),
}


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")


made = pytest.fixture(scope="module")(world_for_a_module)


@pytest.fixture
def world(made: World, db: None) -> Iterator[World]:
    with clock.at(MOMENT):
        yield made


def admitted(world: World, purpose: str) -> Client:
    """A browser without an account that was given the code of a link, and entered it."""
    client = Client()
    address = reverse(CODES[purpose], args=[world.here.tokens[purpose]])
    client.post(address, {"act": "send"})
    mail = Message.objects.filter(template="people/mails/access_code").latest("created_at")
    code = re.search(r"\d{6}", mail.text)
    assert code is not None
    assert client.post(address, {"act": "enter", "code": code[0]}).status_code == 302
    return client


def behind_a_code(purpose: str) -> list[Pattern]:
    """The addresses of a kind of link that can be read once the code was entered."""
    app = CODES[purpose].partition(":")[0]
    return [
        pattern
        for pattern in patterns()
        if pattern.name.startswith(f"{app}:")
        and pattern.secret == purpose
        and not TABLE[pattern.name].post
    ]


@pytest.mark.parametrize("purpose", CODES)
def test_with_the_code_everything_behind_a_link_is_there(world: World, purpose: str) -> None:
    client = admitted(world, purpose)
    pages = behind_a_code(purpose)
    assert pages
    for pattern in pages:
        answer = client.get(pattern.address(world, world.here))
        assert answer.status_code == 200, pattern.name
        assert complaints(answer, answer.content) == [], pattern.name
        if "Nominee-" in answer.content.decode():
            assert "no-store" in answer["Cache-Control"], pattern.name


@pytest.mark.parametrize("purpose", CODES)
def test_one_links_code_opens_no_other_link(world: World, purpose: str) -> None:
    client = admitted(world, purpose)
    for other in set(CODES) - {purpose}:
        for pattern in behind_a_code(other):
            if TABLE[pattern.name].code:
                answer = client.get(pattern.address(world, world.here))
                assert answer.status_code == 302, pattern.name
                assert "/code/" in answer["Location"], pattern.name


@pytest.mark.parametrize("how", ["wrong", "revoked", "over", "of another kind"])
def test_a_link_that_does_not_hold_opens_nothing_and_says_the_same(world: World, how: str) -> None:
    texts = set()
    for purpose in CODES:
        token = spoiled(world, purpose, how)
        for pattern in patterns():
            if pattern.secret == purpose and not TABLE[pattern.name].post:
                answer = Client().get(pattern.address(world, world.here, secret=token))
                assert answer.status_code == 404, pattern.name
                texts.add(answer.content.decode().partition("<main")[2].partition("</main>")[0])
    assert len(texts) == 1
    assert "" not in texts


def spoiled(world: World, purpose: str, how: str) -> str:
    """The secret of a link of this purpose that does not hold, in one of four ways."""
    token = world.here.tokens[purpose]
    if how == "of another kind":
        return next(world.here.tokens[other] for other in CODES if other != purpose)
    if how == "wrong":
        return token[::-1]
    link = next(link for link in AccessLink.objects.all() if token_of(link) == token)
    if how == "revoked":
        access_links.revoke(link, actor=None)
    else:
        AccessLink.objects.filter(pk=link.pk).update(expires_at=clock.now())
    return token


def test_before_the_code_a_link_to_a_country_names_nobody(world: World) -> None:
    for purpose in ("nominate", "seats"):
        for pattern in patterns():
            if pattern.secret == purpose and not TABLE[pattern.name].post:
                answer = Client().get(pattern.address(world, world.here), follow=True)
                assert answer.status_code == 200, pattern.name
                assert "Nominee-" not in answer.content.decode(), pattern.name


@pytest.mark.parametrize("way", ["account", "link"])
def test_a_focal_point_finds_their_own_countrys_nominations_and_no_scores(
    world: World, way: str
) -> None:
    edition = world.here.edition
    foreign = world.here.things["foreign"]
    if way == "account":
        client, place = client_as(world, "focal point"), ("own_", [edition.slug, "FJ"])
    else:
        client, place = admitted(world, "nominate"), ("", [world.here.tokens["nominate"]])
    prefix, arguments = place
    own = make_nomination(edition, state=Nomination.State.DRAFT)
    for name in ("nomination", "form", "withdraw", "remove", "ask"):
        address = f"nominating:{prefix}{name}"
        mine = client.get(reverse(address, args=[*arguments, own.pk]))
        theirs = client.get(reverse(address, args=[*arguments, foreign.pk]))
        assert (mine.status_code, theirs.status_code) == (200, 404), name
    desk = client.get(reverse(f"nominating:{prefix}desk", args=arguments)).content.decode()
    assert "Nominee-silent" in desk
    assert "Nominee-foreign" not in desk
    for nomination in edition.nominations.filter(country=world.things["country"]):
        shown = client.get(
            reverse(f"nominating:{prefix}nomination", args=[*arguments, nomination.pk])
        ).content.decode()
        for figure in ("90", "80.0", "70.0"):
            assert f">{figure}" not in shown, (nomination.number, figure)
    if way == "account":
        abroad = client.get(reverse("nominating:own_desk", args=[edition.slug, "TH"]))
        assert abroad.status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_a_file_is_read_by_those_whom_it_is_for(world: World, role: str) -> None:
    client = client_as(world, role)
    for name, who in FILES.items():
        file: Any = world.here.things[name]
        answer = client.get(reverse("core:file", args=[file.pk, file.name]))
        content = content_of(answer)
        assert answer.status_code == (200 if role in who else 404), name
        assert complaints(answer, content) == [], name


@pytest.mark.parametrize("role", ["secretariat", "secretariat here", "director"])
def test_a_letter_to_an_embassy_is_opened_by_few(world: World, role: str) -> None:
    letter: Any = world.here.things["visa_letter"]
    where = [world.here.edition.slug, letter.batch_id]
    client = client_as(world, role)
    for name, arguments in (
        ("letter_file", [*where, letter.pk]),
        ("batch_archive", where),
        ("batch_print", where),
    ):
        answer = client.get(reverse(f"cohorts:{name}", args=arguments))
        content_of(answer)
        assert answer.status_code == (200 if role == "secretariat" else 404), name
