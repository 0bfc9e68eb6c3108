"""The founding case: every number of it comes true in the demo."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction

from madang.core import clock
from madang.core.models import Approval, DemoClock, Message
from madang.newsroom import queries
from madang.newsroom.models import Release
from madang.site import demo
from madang.site.demo import cast, moments
from madang.workshops.models import Edition, Participation, SignUp
from madang.workshops.programme import snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo, loaded once for all tests of this module and taken back after them."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        demo.ensure()
        try:
            yield Edition.objects.get(slug="incheon-2007")
        finally:
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)
            clock.set_offset(timedelta(0))


def test_the_founding_case_has_its_numbers(loaded):
    participants = Participation.objects.filter(edition=loaded, kind="participant")
    assert participants.count() == 37
    assert participants.values("country").distinct().count() == 21
    assert loaded.modules.count() == 4
    assert (loaded.ends_on - loaded.starts_on).days == 4
    assert loaded.seats == 40
    assert loaded.number == 2


def test_four_versions_led_to_the_programme(loaded):
    assert list(loaded.versions.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    programme = snapshot.published(loaded.versions.get(number=4))
    kinds = Counter(entry.kind for entry in programme.sessions)
    assert {"lecture", "case_study", "group_work", "discussion", "hands_on", "field_trip"} <= set(
        kinds
    )
    assert kinds["reception"]
    assert kinds["ceremony"]


def test_the_first_edition_is_answered(loaded):
    states = Counter(loaded.recommendation_answers.values_list("state", flat=True))
    assert states == {"answered": 9, "declined": 2}


def test_everybody_of_the_cast_can_sign_in_and_holds_a_role(loaded):
    for seat in cast.CAST:
        found = cast.seated(seat.name)
        assert found is not None
        _seat, account = found
        account.forget_roles()
        assert account.role_kinds(), seat.name


def test_people_signed_up_and_were_told(loaded):
    assert SignUp.objects.filter(session__edition=loaded, state="confirmed").count() > 90
    assert Message.objects.exists()


@pytest.mark.parametrize(
    ("name", "number"),
    [("before-the-call", None), ("nominations-open", 1), ("week-before", 4), ("after", 4)],
)
def test_moving_the_clock_shows_what_was_published_by_then(loaded, name, number):
    moments.move_to(moments.named(name))
    edition = Edition.objects.select_related("published").get(pk=loaded.pk)
    assert (edition.published.number if edition.published else None) == number
    assert DemoClock.objects.get().moment == name


def test_loading_twice_changes_nothing(loaded):
    assert demo.ensure() is False


def test_the_press_release_was_approved_before_it_was_published(loaded):
    release = Release.objects.get(number="N/51/2007")
    assert release.published.state == "approved"
    assert release.published_at.date().isoformat() == "2007-10-05"


def test_one_release_waits_for_the_director(loaded):
    director = cast.seated("director")[1]
    assert Approval.objects.filter(state="cleared", director_id=director.id).count() == 1


def test_nobody_takes_part_before_the_cohort_is_chosen(loaded):
    moments.move_to(moments.named("nominations-open"))
    assert not loaded.participations.so_far().filter(kind="participant").exists()
    moments.move_to(moments.named("week-before"))
    assert loaded.participations.so_far().filter(kind="participant").count() == 37


def test_both_press_releases_have_an_attachment_that_the_public_may_read(loaded):
    published = Release.objects.filter(state="published")
    assert [len(queries.public_files_of(release)) for release in published] == [1, 1]
