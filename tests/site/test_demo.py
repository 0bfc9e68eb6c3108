"""The founding case: every number of it comes true in the demo, each at its own moment."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Sum

from madang.cohorts.models import Decision, Letter, LetterBatch, Offer, Scenario
from madang.core import clock
from madang.core.models import Approval, DemoClock, Job, Message
from madang.logistics.models import BusSeat, Source, TablePlace
from madang.logistics.queries.coming import coming
from madang.newsroom import queries
from madang.newsroom.models import Release
from madang.nominations.models import Correspondence, Import, Merit, Nomination, Screening
from madang.site.demo import cast, moments
from madang.site.demo.nominees import everybody
from madang.site.demo.story import Story
from madang.workshops.models import Edition, Participation, SignUp
from madang.workshops.programme import snapshot

pytestmark = pytest.mark.django_db


@dataclass
class Told:
    """The whole story, and what was counted at each of its moments."""

    edition: Edition
    states: dict[str, dict[str, Counter]] = field(default_factory=dict)

    def at(self, moment: str, what: str) -> Counter:
        return self.states[moment][what]


def counted(edition: Edition) -> dict[str, Counter]:
    """How many there are of what, by state."""
    of_edition = {
        "nominations": Nomination.objects.filter(edition=edition),
        "screenings": Screening.objects.filter(nomination__edition=edition),
        "decisions": Decision.objects.filter(edition=edition),
        "offers": Offer.objects.filter(edition=edition),
        "files": Import.objects.filter(edition=edition),
        "participants": Participation.objects.filter(edition=edition, kind="participant"),
    }
    states = {
        what: Counter(rows.values_list("state", flat=True)) for what, rows in of_edition.items()
    }
    call = getattr(edition, "call", None)
    return states | {
        "call": Counter([call.state] if call else []),
        "merits": Counter(Merit.objects.values_list("origin", flat=True)),
        "scenarios": Counter(Scenario.objects.values_list("objective", flat=True)),
        "cast": Counter(seat.name for seat in cast.present()),
        "letters": Counter(LetterBatch.objects.values_list("kind", flat=True)),
        "published": Counter(edition.versions.values_list("number", flat=True)),
    }


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker) -> Iterator[Told]:
    """The demo, told once for all tests of this module and taken back after them."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        try:
            story, states = Story(), {}
            for moment in moments.MOMENTS:
                story.go_on(moment.at)
                states[moment.name] = counted(Edition.objects.get(slug="incheon-2007"))
            DemoClock.move_to(moments.START.at, name=moments.START.name)
            yield Told(Edition.objects.get(slug="incheon-2007"), states)
        finally:
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)
            clock.set_offset(timedelta(0))


def test_the_founding_case_has_its_numbers(told):
    participants = Participation.objects.filter(edition=told.edition, kind="participant")
    coming = participants.filter(state="expected")
    assert coming.count() == 37
    assert coming.values("country").distinct().count() == 21
    assert told.edition.modules.count() == 4
    assert (told.edition.ends_on - told.edition.starts_on).days == 4
    assert told.edition.seats == 40
    assert told.edition.number == 2


def test_government_academia_and_civil_society_came(told):
    came = Offer.objects.filter(edition=told.edition, state="accepted")
    sectors = Counter(came.values_list("nomination__sector", flat=True))
    assert sectors == {"government": 29, "academia": 5, "civil_society": 3}


def test_those_came_whom_the_content_names(told):
    came = Participation.objects.filter(edition=told.edition, kind="participant", state="expected")
    addresses = {each.person.email for each in came.select_related("person__subject")}
    assert addresses == {nominee.email for nominee in everybody() if nominee.comes}
    assert Offer.objects.filter(participation__in=came, state="accepted").count() == 37


def test_before_the_call_nothing_has_come(told):
    assert told.at("before-the-call", "call") == {"draft": 1}
    assert not told.at("before-the-call", "nominations")
    assert not told.at("before-the-call", "published")


def test_while_nominations_are_open_most_have_come(told):
    assert told.at("nominations-open", "call") == {"open": 1}
    assert set(told.at("nominations-open", "nominations")) == {"submitted"}
    assert 50 < told.at("nominations-open", "nominations").total() < 75
    assert not told.at("nominations-open", "screenings")
    assert set(told.at("nominations-open", "published")) == {1}


def test_while_officers_score_some_has_been_scored(told):
    assert told.at("screening", "nominations") == {
        "eligible": 85, "ineligible": 6, "draft": 3, "withdrawn": 2,
    }  # fmt: skip
    asked, scored = (told.at("screening", "screenings")[state] for state in ("asked", "scored"))
    assert asked > 50
    assert scored > 50
    assert not told.at("screening", "merits")


def test_before_the_decision_there_are_cohorts_to_compare(told):
    assert set(told.at("selection", "screenings")) == {"scored"}
    assert told.at("selection", "merits") == {"screening": 85}
    assert told.at("selection", "scenarios") == {"merit": 3, "leximin": 1}
    assert not told.at("selection", "decisions")
    assert not told.at("selection", "offers")


def test_of_forty_seats_some_are_taken_some_lost_and_one_is_free(told):
    assert told.at("offers", "decisions") == {"in_force": 1}
    states = told.at("offers", "offers")
    assert sum(states[state] for state in Offer.LOST) == 5
    assert states["sent"] == 4
    assert states["accepted"] == told.at("offers", "participants")["expected"] == 33


def test_seven_seats_were_lost_and_four_filled_again(told):
    first = Offer.objects.filter(edition=told.edition, wave=1)
    assert first.count() == 40
    lost = Offer.objects.filter(edition=told.edition, state__in=Offer.LOST)
    assert Counter(lost.values_list("state", flat=True)) == {
        "declined": 3, "lapsed": 2, "withdrawn": 2,
    }  # fmt: skip
    assert Offer.objects.filter(substitutes__in=lost, state="accepted").count() == 1
    assert Offer.objects.filter(fills__in=lost, state="accepted").count() == 3


def test_the_cohort_keeps_the_quotas_of_the_call(told):
    chosen = Decision.objects.get(edition=told.edition).verdicts.filter(outcome="chosen")
    of = {
        name: Counter(chosen.values_list(f"nomination__{name}", flat=True))
        for name in ("sector", "sex", "country")
    }
    assert chosen.count() == 40
    assert of["sector"] == {"government": 30, "academia": 6, "civil_society": 4}
    assert min(of["sex"]["female"], of["sex"]["male"]) >= 12
    assert max(of["country"].values()) == 3


def test_the_same_cohort_is_chosen_whenever_the_story_is_told(told):
    """Ids and keys differ from time to time; who is chosen follows from the content alone."""
    chosen = Decision.objects.get(edition=told.edition).verdicts.filter(outcome="chosen")
    people = {each.nomination.person.email for each in chosen.select_related("nomination__person")}
    lost = {
        nominee.email
        for nominee in everybody()
        if nominee.fate
        in {
            "declines",
            "releases",
            "releases_later",
            "lapses",
            "lapses_too",
            "withdraws",
            "falls_ill",
        }
    }
    later = Offer.objects.filter(edition=told.edition).exclude(wave=1)
    filled = {each.nomination.person.email for each in later.select_related("nomination__person")}
    came = {nominee.email for nominee in everybody() if nominee.comes}
    assert len(lost) == 7
    assert len(filled) == 4
    assert people == (came - filled) | lost


def test_nominations_came_in_every_way(told):
    origins = set(Nomination.objects.values_list("origin", flat=True))
    assert {"form", "spreadsheet", "scan"} <= origins
    channels = set(
        Correspondence.objects.filter(direction="received").values_list("channel", flat=True)
    )
    assert {"note_verbale", "fax", "scan", "email", "telephone"} <= channels


def test_where_two_officers_were_far_apart_a_third_was_asked(told):
    assert Screening.objects.filter(is_third_opinion=True, state="scored").count() >= 3


def test_four_versions_led_to_the_programme(told):
    numbers = told.edition.versions.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]
    programme = snapshot.published(told.edition.versions.get(number=4))
    kinds = Counter(entry.kind for entry in programme.sessions)
    assert {"lecture", "case_study", "group_work", "discussion", "hands_on", "field_trip"} <= set(
        kinds
    )
    assert kinds["reception"]
    assert kinds["ceremony"]


def test_the_first_edition_is_answered(told):
    states = Counter(told.edition.recommendation_answers.values_list("state", flat=True))
    assert states == {"answered": 9, "declined": 2}


def test_everybody_of_the_cast_can_sign_in_and_holds_a_role(told):
    for seat in cast.CAST:
        found = cast.seated(seat.name)
        assert found is not None
        _seat, account = found
        account.forget_roles()
        assert account.role_kinds(), seat.name


def test_a_participant_can_sign_in_only_once_they_have_accepted(told):
    assert "participant" not in told.at("selection", "cast")
    assert "secretariat" in told.at("selection", "cast")
    assert "participant" in told.at("offers", "cast")


def test_people_signed_up_and_were_told(told):
    assert SignUp.objects.filter(session__edition=told.edition, state="confirmed").count() > 90
    assert Message.objects.exists()


def test_every_mail_of_the_past_was_written_and_put_into_the_outbox(told):
    assert set(Message.objects.values_list("state", flat=True)) == {"kept"}


def test_the_press_release_was_approved_before_it_was_published(told):
    release = Release.objects.get(number="N/51/2007")
    assert release.published.state == "approved"
    assert release.published_at.date().isoformat() == "2007-10-05"


def test_a_release_and_letters_wait_for_the_director(told):
    director = cast.seated("director")[1]
    waiting = Approval.objects.filter(state="cleared", director_id=director.id)
    assert Counter(waiting.values_list("thing_model", flat=True)) == {
        "newsroom.release": 1, "cohorts.letterbatch": 1,
    }  # fmt: skip


def test_both_press_releases_have_an_attachment_that_the_public_may_read(told):
    published = Release.objects.filter(state="published")
    assert [len(queries.public_files_of(release)) for release in published] == [1, 1]


def test_a_file_waits_to_be_settled_and_is_written_by_the_time_of_the_screening(told):
    assert told.at("nominations-open", "files") == {"open": 1}
    assert told.at("screening", "files") == {"written": 1}
    assert Nomination.objects.filter(country__alpha2="PK", state="eligible").count() == 6


def test_letters_went_out_after_the_director_approved_them(told):
    assert told.at("offers", "letters") == {"ministry": 1, "invitation": 1, "visa": 1}
    letters = Letter.objects.filter(batch__edition=told.edition)
    assert set(letters.filter(sent_at=None).values_list("batch__kind", flat=True)) == {"regret"}
    assert set(letters.filter(document=None).values_list("batch__kind", flat=True)) == {"regret"}
    invited = set(letters.filter(batch__kind="invitation").values_list("participation", flat=True))
    came = told.edition.participations.filter(kind="participant", state="expected")
    assert set(came.values_list("pk", flat=True)) <= invited
    assert Job.objects.exclude(state="done").count() == 0


def test_everybody_who_came_has_a_room_a_flight_and_was_there(told):
    came = told.edition.participations.filter(kind="participant", state="expected")
    assert not came.filter(stay__room=None).exists()
    assert not came.exclude(legs__direction="arrival").exists()
    assert set(came.values_list("stay__state", flat=True)) == {"arrived"}
    assert not came.filter(errands__state__in=("to_do", "asked", "refused")).exists()


def test_everybody_at_the_dinner_sits_at_a_table_and_on_the_trip_in_a_bus(told):
    dinner = told.edition.sessions.get(room__name="Banquet hall")
    assert TablePlace.objects.filter(plan__session=dinner).count() == coming(dinner).count() > 30
    trip = told.edition.sessions.get(kind="field_trip")
    assert BusSeat.objects.filter(session=trip).count() == coming(trip).count() > 30


def test_what_was_promised_carries_what_was_spent(told):
    for source in Source.objects.filter(edition=told.edition):
        spent = source.expenses.exclude(state="cancelled").aggregate(total=Sum("amount"))["total"]
        assert spent <= source.promised, source.name
