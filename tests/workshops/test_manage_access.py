"""Who finds what below /manage/: the secretariat everything, a director to read, others nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.workshops.manage_pages import make_week

pytestmark = pytest.mark.django_db


@pytest.fixture
def week():
    return make_week()


def statuses(client: Client, addresses: list[str]) -> dict[str, int]:
    return {address: client.get(address).status_code for address in addresses}


def signed_in(*roles) -> Client:
    client = Client()
    client.force_login(make.make_account(roles=roles))
    return client


def test_the_secretariat_opens_every_page(week):
    edition, read, change = week
    above = [
        reverse(f"manage:{name}") for name in ("desk", "series_list", "series_add", "edition_add")
    ]
    above.append(reverse("manage:edition_add") + f"?series={edition.series.pk}")
    above.append(reverse("manage:series_edit", args=[edition.series.slug]))
    above.append(reverse("manage:series_translation", args=[edition.series.slug]))
    found = statuses(signed_in("secretariat"), above + read + change)
    assert {address: status for address, status in found.items() if status != 200} == {}


def test_whoever_asks_for_the_head_alone_gets_what_a_reader_would(week):
    _edition, read, change = week
    secretariat = signed_in("secretariat")
    found = {address: secretariat.head(address).status_code for address in read + change}
    assert {address: status for address, status in found.items() if status != 200} == {}


def test_a_director_reads_everything_and_is_offered_no_change(week):
    edition, read, change = week
    director = signed_in(("director", edition))
    assert set(statuses(director, read).values()) == {200}
    assert set(statuses(director, change).values()) == {404}
    for address in read:
        page = director.get(address).content.decode()
        main = page[page.index('<main id="main">') :]
        assert 'method="post"' not in main, address
        assert "/add/" not in main, address
        assert "/edit/" not in main, address


@pytest.mark.parametrize("role", [None, "participant", "resource_person", "host", "focal_point"])
def test_to_everybody_else_nothing_is_there(week, role):
    edition, read, change = week
    scope = make.make_country() if role == "focal_point" else edition
    client = signed_in((role, scope)) if role else Client()
    assert set(statuses(client, [reverse("manage:desk"), *read, *change]).values()) == {404}


def test_the_secretariat_of_another_edition_finds_nothing_in_this_one(week):
    _edition, read, change = week
    client = signed_in(("secretariat", make.make_edition()))
    assert set(statuses(client, read + change).values()) == {404}


def test_a_thing_of_another_edition_is_not_found_below_this_one(week):
    edition, _read, _change = week
    foreign = make.make_session(make.make_edition())
    address = reverse("manage:session", args=[edition.slug, foreign.pk])
    assert signed_in("secretariat").get(address).status_code == 404


def test_the_director_of_an_edition_changes_nothing_by_posting(week):
    edition, _read, change = week
    director = signed_in(("director", edition))
    posts = [address for address in change if not address.endswith("/find/")]
    posts.append(reverse("manage:edition_state", args=[edition.slug, "close"]))
    assert {director.post(address, {"x": "y"}).status_code for address in posts} == {404}
