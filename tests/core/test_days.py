"""A day that is centuries off is a mistyped year, and gets a sentence wherever it is typed."""

import pytest
from django.urls import reverse

from madang.core.days import DayField
from tests.factories import make_account, make_edition
from tests.support.clients import signed_in

pytestmark = pytest.mark.django_db

SENTENCE = "Check the year: this is centuries away."


@pytest.mark.parametrize("typed", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_mistyped_year_is_said_beside_the_field(typed):
    edition = make_edition(time_zone="Asia/Seoul")
    session_add = reverse("manage:session_add", args=[edition.slug])
    edition_edit = reverse("manage:edition_edit", args=[edition.slug])
    role_grant = reverse("people_manage:role_grant", args=[make_account().pk, "director"])
    officer = signed_in("secretariat")
    for page, field, value in (
        (session_add, "day", typed),
        (session_add, "sign_up_until", f"{typed}T10:00"),
        (edition_edit, "starts_on", typed),
        (edition_edit, "ends_on", typed),
        (role_grant, "starts_on", typed),
        (role_grant, "ends_on", typed),
    ):
        told = officer.post(page, {"start": "10:00", field: value}).context["form"].errors
        assert told[field] == [SENTENCE], (page, field)


@pytest.mark.parametrize("query", ["until=9999-12-31", "since=0001-01-01", "until=0001-01-01"])
def test_a_list_is_not_narrowed_by_a_year_that_cannot_be(query):
    assert signed_in("secretariat").get(f"/history/?{query}").status_code == 200


def test_days_of_these_centuries_are_taken():
    for typed in ("1900-01-01", "2008-02-29", "2199-12-31"):
        assert DayField().clean(typed).isoformat() == typed
