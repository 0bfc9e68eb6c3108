"""The secretariat's side of sessions: the draft, who has a part, sign-ups, materials, answers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from madang.core import clock, files
from madang.core.models import AuditEntry, StoredFile
from madang.workshops.actions import publication
from madang.workshops.models import (
    Edition,
    Material,
    RecommendationAnswer,
    Session,
    SignUp,
)
from tests import factories as make

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def officer():
    client = Client()
    client.force_login(make.make_account(roles=["secretariat"]))
    return client


@pytest.fixture
def edition():
    return make.make_edition()


def address(name: str, edition: Edition, *more) -> str:
    return reverse(f"manage:{name}", args=[edition.slug, *more])


def errors(response) -> dict:
    return dict(response.context["form"].errors)


def typed(people=(), **fields) -> dict:
    """What the form of a session sends; `people` are pairs of participation and part."""
    rows = {
        "people-TOTAL_FORMS": len(people),
        "people-INITIAL_FORMS": 0,
    }
    for place, (participation, role) in enumerate(people):
        rows[f"people-{place}-person"] = str(participation.pk)
        rows[f"people-{place}-role"] = role
    session = {
        "title": "Planning", "kind": "lecture", "day": "2007-10-09", "start": "09:30",
        "minutes": 60, "audience": "everyone", "language": "en",
    }  # fmt: skip
    return session | rows | fields


# --- The draft ------------------------------------------------------------------------------------
def test_a_session_is_added_on_the_clock_of_the_place_with_its_people_in_order(officer, edition):
    first, second = (make.make_participation(edition) for _ in range(2))
    people = [(second, "speaker"), (first, "moderator")]
    response = officer.post(address("session_add", edition), typed(people))
    session = Session.objects.get()
    assert response.url == address("session", edition, session.pk)
    assert session.starts_at == make.local(edition, 2, "09:30")
    parts = session.people.order_by("order")
    assert [(part.participation, part.role) for part in parts] == people
    shown = officer.get(address("session_edit", edition, session.pk)).context["form"]
    assert str(shown["start"].value()) == "09:30:00"
    assert shown["day"].value().isoformat() == "2007-10-09"


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"start": ""}, "start", "Give the time too, or leave the day empty."),
        ({"day": ""}, "day", "Give the day too, or leave the start empty."),
        ({"start": "09:32"}, "start", "Sessions start at full five minutes, such as 09:05."),
        ({"minutes": 3}, "minutes", "A session lasts from 5 minutes to 24 hours."),
        ({"places": 20}, "places", "Only a session with sign-up has this."),
        (
            {"audience": "sign_up", "sign_up_until": "2007-10-09T10:00"},
            "sign_up_until",
            "This is after the session begins.",
        ),
        ({"title": ""}, "title", "This field is required."),
    ],
)
def test_a_session_that_cannot_be_is_not_saved(officer, edition, fields, field, sentence):
    response = officer.post(address("session_add", edition), typed(**fields))
    assert errors(response) == {field: [sentence]}
    assert not Session.objects.exists()


def test_a_person_with_the_same_part_twice_is_said_in_their_row(officer, edition):
    someone = make.make_participation(edition)
    response = officer.post(
        address("session_add", edition), typed([(someone, "speaker"), (someone, "speaker")])
    )
    assert "This person has this part already." in response.content.decode()
    assert not Session.objects.exists()


def test_what_a_planner_may_decide_is_a_warning_and_saved(officer, edition):
    room = make.make_room(edition, capacity=10)
    fields = typed(day="2007-10-20", room=str(room.pk), audience="sign_up", places=30)
    page = officer.post(address("session_add", edition), fields, follow=True).content.decode()
    assert "is outside the days of the edition" in page
    assert "has fewer seats than people are expected" in page
    assert Session.objects.count() == 1


def test_changing_only_who_speaks_counts_as_a_change_of_the_session(officer, edition):
    session = make.make_session(edition, title="Planning", day=2, at="09:30")
    someone, other = (make.make_participation(edition) for _ in range(2))
    page = address("session_edit", edition, session.pk)
    officer.post(page, typed([(someone, "speaker")], version=1))
    session.refresh_from_db()
    assert session.version == 2
    assert AuditEntry.objects.get().facts == {"fields": ["people"]}
    late = officer.post(page, typed([(other, "speaker")], version=1))
    said = errors(late)["__all__"]
    assert "Somebody else saved this" in said[0]
    assert said[1] == f"Who has a part in it now: {someone.person}."
    assert session.people.get().participation == someone


def test_a_description_that_nobody_touched_stays_as_it_was(officer, edition):
    text = "Bring your own strategy.\n\nWe mark what is a choice."
    session = make.make_session(edition, title="Planning", description=text)
    sent = typed(title="Planning together", version=session.version)
    sent["description"] = text.replace("\n", "\r\n")  # as a browser sends it
    officer.post(address("session_edit", edition, session.pk), sent)
    session.refresh_from_db()
    assert (session.title, session.description) == ("Planning together", text)
    assert "description" not in AuditEntry.objects.get(verb="session.changed").facts["fields"]


def test_modules_are_offered_in_their_own_order(officer, edition):
    for number, title in ((2, "Appraisal"), (1, "Strategy")):
        make.make_module(edition, number, title=title)
    shown = officer.get(address("session_add", edition)).context["form"]["module"]
    assert [label for _value, label in shown.field.choices] == ["—", "Strategy", "Appraisal"]


def test_a_conflict_shows_the_day_and_time_that_the_other_chose(officer, edition):
    session = make.make_session(edition, title="Planning", day=2, at="09:30")
    page = address("session_edit", edition, session.pk)
    officer.post(page, typed(day="2007-10-10", start="14:00", version=1))
    late = officer.post(page, typed(day="2007-10-11", version=1))
    found = errors(late)
    assert found["day"] == ["It now says: 10 October 2007"]
    assert found["start"] == ["It now says: 14:00"]


def test_a_session_is_cancelled_and_reinstated(officer, edition):
    session = make.make_session(edition)
    officer.post(address("session_state", edition, session.pk, "cancel"))
    session.refresh_from_db()
    assert session.state == Session.State.CANCELLED
    officer.post(address("session_state", edition, session.pk, "reinstate"))
    session.refresh_from_db()
    assert session.state == Session.State.PLANNED
    assert officer.post(address("session_state", edition, session.pk, "x")).status_code == 404


def test_a_session_is_removed_only_while_nobody_outside_has_seen_it(officer, edition):
    seen, unseen = make.make_session(edition, day=1), make.make_session(edition)
    publication.publish(edition, actor=None)
    ask = officer.get(address("session_remove", edition, unseen.pk))
    assert "Nobody outside has seen it" in ask.content.decode()
    officer.post(address("session_remove", edition, unseen.pk))
    refused = officer.post(address("session_remove", edition, seen.pk), follow=True)
    assert "It has been published: cancel it instead" in refused.content.decode()
    assert list(Session.objects.all()) == [seen]


def test_the_list_is_narrowed_by_what_stands_in_the_address(officer, edition):
    module, room = make.make_module(edition), make.make_room(edition)
    someone = make.make_participation(edition)
    early = make.make_session(edition, day=1, module=module, kind="hands_on")
    late = make.make_session(edition, day=5, at="23:30", room=room)
    waiting = make.make_session(edition)
    make.make_part(late, someone)

    def listed(**asked):
        rows = officer.get(address("sessions", edition), asked).context["rows"]
        return list(rows.object_list)

    assert listed() == [early, late, waiting]
    assert listed(day="2007-10-12") == [late]
    assert listed(day="none") == [waiting]
    assert listed(module=module.key) == [early]
    assert listed(kind="hands_on") == [early]
    assert listed(room=room.key) == [late]
    assert listed(person=someone.key) == [late]
    # An address that makes no sense shows everything, with the filter marked.
    assert listed(day="someday", module="x") == [early, late, waiting]


def test_the_list_leaves_as_a_table_without_formulas(officer, edition):
    make.make_session(edition, title="=1+1", day=1)
    response = officer.get(address("sessions", edition), {"format": "csv"})
    text = b"".join(response.streaming_content).decode()
    assert "'=1+1" in text
    assert "2007-10-08 09:00:00" in text


# --- Sign-ups -------------------------------------------------------------------------------------
def test_a_place_is_given_by_hand_until_all_are_taken(officer, edition):
    trip = make.make_session(edition, day=4, audience="sign_up", places=1)
    first, second = (make.make_participation(edition) for _ in range(2))
    page = address("sign_ups", edition, trip.pk)
    officer.post(page, {"person": first.key})
    full = officer.post(page, {"person": second.key})
    assert "All places are taken" in full.content.decode()
    asked = SignUp.objects.get()
    assert (asked.participation, asked.state) == (first, "confirmed")


def test_withdrawing_somebody_gives_their_place_to_whoever_waited_longest(officer, edition):
    trip = make.make_session(edition, day=4, audience="sign_up", places=1)
    publication.publish(edition, actor=None)
    given = make.make_sign_up(trip, make.make_participation(edition))
    waiting = make.make_sign_up(trip, make.make_participation(edition), state="waiting")
    with clock.at(make.local(edition, 1, "08:00")):
        ask = address("sign_up_withdraw", edition, trip.pk, given.pk)
        assert "who is written to" in officer.get(ask).content.decode()
        assert SignUp.objects.filter(state="withdrawn").count() == 0
        officer.post(ask)
    waiting.refresh_from_db()
    given.refresh_from_db()
    assert (given.state, waiting.state) == ("withdrawn", "confirmed")


def test_the_history_names_what_somebody_signed_up_for(officer, edition):
    trip = make.make_session(edition, title="Trip to Seoul", day=4, audience="sign_up")
    officer.post(
        address("sign_ups", edition, trip.pk), {"person": make.make_participation(edition).key}
    )
    lines = officer.get(reverse("core:history")).content.decode().partition("<tbody>")[2]
    assert "signed up: <a" in lines
    assert lines.count(">Trip to Seoul</a>") == 2


def test_a_session_without_sign_up_has_no_such_page(officer, edition):
    session = make.make_session(edition)
    assert officer.get(address("sign_ups", edition, session.pk)).status_code == 404


# --- Materials ------------------------------------------------------------------------------------
def upload(content: bytes = PDF, name: str = "slides.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_material_has_versions_and_can_be_withdrawn_and_offered_again(officer, edition):
    fields = {"title": "Slides", "audience": "public", "order": 0, "language": "en"}
    officer.post(address("material_add", edition), fields | {"upload": upload()})
    material = Material.objects.get()
    version = {"upload": upload(PDF + b"more"), "note": "Two cases added"}
    officer.post(address("material_version", edition, material.pk), version)
    newest = material.versions.first()
    assert (newest.number, newest.note) == (2, "Two cases added")
    assert files.content(newest.file) == PDF + b"more"
    edition.refresh_from_db()
    assert edition.page_stamp == 2
    officer.post(address("material_withdraw", edition, material.pk))
    material.refresh_from_db()
    assert material.is_withdrawn
    officer.post(
        address("material_edit", edition, material.pk), fields | {"version": material.version}
    )
    material.refresh_from_db()
    assert not material.is_withdrawn


def test_a_file_that_is_not_taken_leaves_no_half_material(officer, edition):
    fields = {"title": "Slides", "audience": "public", "order": 0, "language": "en"}
    refused = officer.post(
        address("material_add", edition),
        fields | {"upload": upload(b"MZ\x90\x00\x03\x00\x00\x00", "slides.exe")},
    )
    assert "upload" in errors(refused)
    assert 'value="Slides"' in refused.content.decode()
    assert not Material.objects.exists()
    assert not StoredFile.objects.exists()
    assert not AuditEntry.objects.exists()


# --- Recommendations ------------------------------------------------------------------------------
@pytest.fixture
def asked_before(edition):
    earlier = make.make_edition(number=edition.number - 1, series=edition.series)
    return make.make_recommendation(earlier, "Show good practice.")


def test_what_the_edition_before_recommended_is_taken_up_and_answered(
    officer, edition, asked_before
):
    page = address("recommendations", edition)
    assert "1 recommendation is not taken up here yet." in officer.get(page).content.decode()
    officer.post(address("carry_over", edition))
    officer.post(address("carry_over", edition))
    answer = RecommendationAnswer.objects.get()
    session = make.make_session(edition)
    reply = {
        "text": "Four case studies.", "sessions": [session.key], "decision": "answer",
        "version": answer.version,
    }  # fmt: skip
    officer.post(address("answer_edit", edition, answer.pk), reply)
    answer.refresh_from_db()
    assert answer.state == "answered"
    assert list(answer.sessions.all()) == [session]


def test_a_recommendation_is_not_declined_without_a_reason(officer, edition, asked_before):
    officer.post(address("carry_over", edition))
    answer = RecommendationAnswer.objects.get()
    page = address("answer_edit", edition, answer.pk)
    refused = officer.post(page, {"text": " ", "decision": "decline", "version": answer.version})
    assert errors(refused) == {"__all__": ["Say how, or why not: people will read it."]}
    answer.refresh_from_db()
    assert answer.state == "open"


def test_recommendations_are_numbered_in_turn_and_removed_with_their_answers(
    officer, edition, asked_before
):
    earlier = asked_before.edition
    page = address("recommendation_add", earlier)
    officer.post(page, {"text": "More time for groups.", "language": "en"})
    assert earlier.recommendations.last().number == 2
    officer.post(address("carry_over", edition))
    officer.post(address("recommendation_remove", earlier, asked_before.pk))
    assert earlier.recommendations.get().number == 2
    assert RecommendationAnswer.objects.count() == 1
