"""The call: what the secretariat writes, when it opens, and what the public reads of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from madang.core import clock
from madang.core.models import AuditEntry
from madang.nominations.actions import calls as actions
from madang.nominations.models import Call, Quota
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions.repeat import repeat_edition
from tests import factories as make
from tests.nominations.factories import (
    make_call,
    make_criterion,
    make_invitation,
    make_question,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make.make_account(roles=["secretariat"])


@pytest.fixture
def client(officer):
    client = Client()
    client.force_login(officer)
    return client


def address(name, call, *more):
    return reverse(f"nominations:{name}", args=[call.edition.slug, *more])


def text(response):
    return response.content.decode()


def written(call, **fields):
    """What the form of a call sends."""
    return {
        "introduction": "Forty seats, travel paid.",
        "eligibility": "Officials who *decide*.",
        "day": "2107-06-30",
        "time": "",
        "time_zone": "Etc/GMT+12",
        "most_per_country": "3",
        "least_experience": "2",
        "least_language": "3",
        "endorsement_needed": "on",
        "language": "en",
        "version": call.version,
        **fields,
    }


def test_a_call_is_begun_written_and_opened_and_then_everybody_reads_it(client):
    edition = make.make_edition(seats=40)
    public = reverse("nominating:call", args=[edition.slug])
    page = reverse("nominations:call", args=[edition.slug])
    assert "There is no call yet" in text(client.get(page))
    client.post(reverse("nominations:call_begin", args=[edition.slug]))
    call = Call.objects.get()
    assert "Set the deadline first." in text(client.get(page))
    assert client.post(address("call_edit", call), written(call)).url == page
    call.refresh_from_db()
    assert call.deadline == datetime(2107, 7, 1, 11, 59, tzinfo=UTC)
    assert Client().get(public).status_code == 404
    assert client.post(address("call_state", call, "open"), follow=True).status_code == 200
    call.refresh_from_db()
    assert call.state == "open"
    assert call.opened_at is not None
    shown = text(Client().get(public))
    assert "Forty seats, travel paid." in shown
    assert "<em>decide</em>" in shown
    assert "anywhere on Earth" in shown
    assert "How to nominate" in shown
    own = text(Client().get(reverse("workshops:edition", args=[edition.slug])))
    assert public in own
    assert "The call for nominations is open" in own


def test_a_closed_call_says_so_and_stays_readable(client):
    call = make_call()
    public = reverse("nominating:call", args=[call.edition.slug])
    assert "How to nominate" in text(Client().get(public))
    client.post(address("call_state", call, "close"))
    shown = text(Client().get(public))
    assert "The call is closed" in shown
    assert "How to nominate" not in shown


def test_the_public_page_is_closed_by_the_deadline_alone():
    call = make_call()
    public = reverse("nominating:call", args=[call.edition.slug])
    with clock.at(call.deadline + timedelta(minutes=1)):
        assert "The call is closed" in text(Client().get(public))


def test_the_deadline_is_told_on_the_clocks_of_every_country_asked(client):
    call = make_call(deadline=datetime(2107, 6, 30, 12, tzinfo=UTC), time_zone="UTC")
    make_invitation(call, make.make_country("FJ"))
    make_invitation(call, make.make_country("KR"))
    shown = text(client.get(address("call", call)))
    assert "21:00" in shown
    assert "00:00" in shown
    assert "Fiji" in text(Client().get(reverse("nominating:call", args=[call.edition.slug])))


def test_an_open_call_is_not_ended_by_its_deadline_without_a_word(client):
    call = make_call()
    refused = client.post(address("call_edit", call), written(call, day="2001-01-01"))
    assert "close the call instead" in text(refused)
    refused = client.post(address("call_edit", call), written(call, day=""))
    assert "An open call has a deadline." in text(refused)


def test_who_edits_what_somebody_else_saved_sees_what_they_wrote(client):
    call = make_call()
    sent = written(call)
    client.post(address("call_edit", call), sent)
    again = client.post(address("call_edit", call), sent | {"introduction": "Mine"})
    assert "Somebody else saved this" in text(again)
    assert "It now says: Forty seats, travel paid." in text(again)


def test_only_the_secretariat_plans_a_call_and_a_director_reads_it():
    call = make_call()
    director = Client()
    director.force_login(make.make_account(roles=["director"]))
    assert director.get(address("call", call)).status_code == 200
    assert director.get(address("call_preview", call)).status_code == 200
    assert director.get(address("call_edit", call)).status_code == 404
    assert director.post(address("call_state", call, "close")).status_code == 404
    assert Client().get(address("call", call)).status_code in {302, 404}


# --- Quotas --------------------------------------------------------------------------------------
def rows(*quotas, **more):
    """What the page of the quotas sends."""
    sent = {"quota-TOTAL_FORMS": len(quotas), "quota-INITIAL_FORMS": 0}
    for index, (kind, least, most) in enumerate(quotas):
        sent |= {
            f"quota-{index}-kind": kind,
            f"quota-{index}-least": least,
            f"quota-{index}-most": most,
        }
    return sent | more


def test_quotas_count_countries_sectors_sexes_first_timers_and_answers(client):
    call = make_call()
    make_invitation(call, make.make_country("FJ"))
    make_question(call, "manages", kind="yes_no")
    page = text(client.get(address("quotas", call)))
    for kind in ("country=FJ", "country=*", "sex=female", "first_timer=yes", "manages=yes"):
        assert f'value="{kind}"' in page
    sent = rows(("country=*", "", "2"), ("sex=female", "15", ""), ("manages=yes", "10", "20"))
    assert client.post(address("quotas", call), sent).url == address("call", call)
    assert list(Quota.objects.values_list("attribute", "value", "minimum", "maximum")) == [
        ("country", "*", 0, 2), ("sex", "female", 15, None), ("manages", "yes", 10, 20),
    ]  # fmt: skip
    shown = text(client.get(address("call", call)))
    assert "Country: each" in shown
    assert "at least 15" in shown


def test_quotas_that_contradict_themselves_are_refused(client):
    call = make_call()
    twice = rows(("sex=female", "1", ""), ("sex=female", "2", ""))
    assert "Two rows speak of the same" in text(client.post(address("quotas", call), twice))
    wrong = rows(("sex=female", "5", "2"))
    assert "less than" in text(client.post(address("quotas", call), wrong))
    empty = rows(("sex=female", "", ""))
    assert "Say how many" in text(client.post(address("quotas", call), empty))
    assert not Quota.objects.exists()
    assert not AuditEntry.objects.filter(verb="quota.changed").exists()


# --- From edition to edition ----------------------------------------------------------------------
def earlier_call():
    """A call with two questions, one after the other, a quota and a rubric."""
    call = make_call(introduction="As before")
    first = make_question(call, "manages", kind="one", choices=("team", "none"), order=1)
    make_question(call, "team-size", kind="number", depends_on=first, depends_value="team", order=2)
    Quota.objects.create(call=call, attribute="manages", value="team", minimum=5)
    make_criterion(call, "Responsibility")
    return call


def test_questions_quotas_and_rubric_are_taken_over_from_an_earlier_edition(client):
    earlier = earlier_call()
    call = make_call(state="draft", deadline=None)
    kept = make_question(call, "own", order=1)
    sent = {"earlier": earlier.pk, "parts": ["questions", "quotas", "rubric"]}
    assert client.post(address("call_take_over", call), sent).url == address("call", call)
    questions = list(call.questions.all())
    assert [question.key for question in questions] == ["own", "manages", "team-size"]
    assert questions[0] == kept
    assert questions[2].depends_on == questions[1]
    assert [choice.code for choice in questions[1].choices.all()] == ["team", "none"]
    assert call.quotas.get().minimum == 5
    assert call.criteria.get().name == "Responsibility"
    # Once more changes nothing: what is there stays.
    client.post(address("call_take_over", call), sent)
    assert call.questions.count() == 3
    assert call.quotas.count() == 1


def test_running_an_edition_again_takes_its_call_and_the_countries_along(officer):
    earlier = earlier_call()
    invitation = make_invitation(earlier, make.make_country("FJ"))
    edition = earlier.edition
    values = {
        name: getattr(edition, name)
        for name in ("title", "country", "city", "time_zone", "seats", "language")
    } | {
        "slug": "again",
        "number": edition.number + 1,
        "starts_on": edition.starts_on + timedelta(days=364),
        "ends_on": edition.ends_on + timedelta(days=364),
    }
    again = repeat_edition(edition, values, ["call", "countries"], actor=officer)
    call = again.call
    assert call.state == "draft"
    assert call.introduction == "As before"
    distance = earlier.deadline.date() - edition.starts_on
    assert abs(call.deadline.date() - again.starts_on - distance) <= timedelta(days=1)
    assert call.questions.get(key="team-size").depends_on.call == call
    assert call.quotas.get().value == "team"
    assert call.invitations.get().focal_point == invitation.focal_point


def test_a_rubric_that_was_used_is_not_taken_over(officer):
    from madang.nominations.models import Score, Screening
    from tests.nominations.factories import make_nomination

    earlier, call = earlier_call(), make_call()
    criterion = make_criterion(call, "Own")
    nomination = make_nomination(call.edition)
    screening = Screening.objects.create(
        nomination=nomination, screener=officer, subject=nomination.subject
    )
    Score.objects.create(screening=screening, criterion=criterion, value=3)
    with pytest.raises(RefusedError):
        actions.take_over(call, earlier, ["rubric"], actor=officer)
    assert call.criteria.count() == 1


def test_the_texts_of_a_call_are_given_in_more_languages(client):
    call = make_call(introduction="Forty seats")
    url = address("call_translation", call, "call", call.pk)
    page = client.get(f"{url}?language=fa")
    assert "Forty seats" in text(page)
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    name = next(name for name in form.fields if name.startswith("introduction"))
    client.post(f"{url}?language=fa", sent | {name: "چهل صندلی"})
    call = Call.objects.get()
    assert call.wording("introduction", "fa") == "چهل صندلی"
