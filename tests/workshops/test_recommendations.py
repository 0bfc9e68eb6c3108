"""What an edition says to the next: drawn from sources, decided, answered, ticked with evidence."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from madang.core import citations, clock, links
from madang.core.links import Reference
from madang.core.models import AuditEntry
from madang.core.transitions import TransitionRefusedError
from madang.workshops import rules
from madang.workshops.actions import recommendations as actions
from madang.workshops.actions.repeat import repeat_edition
from madang.workshops.models import Edition, Recommendation, RecommendationAnswer, Session
from madang.workshops.queries import overview
from tests import factories as make
from tests.support.rules import assert_halves_agree

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
def earlier():
    return make.make_edition(number=1, slug="bangkok")


@pytest.fixture
def edition(earlier):
    return make.make_edition(
        series=earlier.series,
        number=2,
        slug="incheon",
        starts_on=earlier.starts_on + timedelta(days=365),
        ends_on=earlier.ends_on + timedelta(days=365),
    )


@pytest.fixture
def officer(earlier):
    client = Client()
    client.force_login(make.make_account(roles=["secretariat"]))
    return client


@pytest.fixture
def director(earlier):
    client = Client()
    client.force_login(make.make_account(roles=["director"]))
    return client


def desk(name, edition, *more):
    return reverse(f"manage:{name}", args=[edition.slug, *more])


def drafted(edition, text="Calculate money.", sources=()):
    return actions.add_recommendation(edition, {"text": text}, sources, actor=None)


def after(edition):
    return clock.at(edition.moment(edition.ends_on, clock.now().time()) + timedelta(days=1))


def test_a_draft_is_no_more_than_a_draft(earlier, edition, officer):
    drafted(earlier)
    assert actions.carry_over(edition, earlier, actor=None) == 0
    assert "Calculate money." not in Client().get("/workshops/bangkok/recommendations/").text
    assert "Calculate money." in officer.get(desk("recommendations", earlier)).text


def test_it_says_what_it_was_drawn_from(earlier, officer):
    session = make.make_session(earlier, title="The clinic")
    citations.register(
        "recommendation", Session, lambda key: Session.objects.filter(edition_id=key)
    )
    key = citations.as_key(Reference.to(session))
    officer.post(
        desk("recommendation_add", earlier),
        {
            "text": "More clinics.", "language": "en", "cites": [key],
            "observation": "Nobody left the clinic early.",
        },
    )  # fmt: skip
    made = Recommendation.objects.get()
    actions.decide(made, "accept", "", actor=None)
    page = officer.get(desk("recommendations", earlier)).text
    assert "The clinic" in page
    public = Client().get("/workshops/bangkok/recommendations/").text
    assert "Nobody left the clinic early." in public
    # Sessions of a draft are for those who plan: what a reader may not see is not named.
    assert "The clinic" not in public
    form = officer.get(desk("recommendation_edit", earlier, made.pk)).context["form"]
    assert form.initial["cites"] == [key]
    citations._citable["recommendation"].pop("workshops.session")


def test_what_is_no_source_is_left_out(earlier):
    wrong = ["people.person:01890000-0000-7000-8000-000000000000", "workshops.session:x", "", ":"]
    assert citations.chosen("recommendation", wrong) == []
    assert links.resolve([], make.make_account()) == {}


def test_it_is_declined_with_a_reason_only(earlier, director):
    made = drafted(earlier)
    page = desk("recommendation_decide", earlier, made.pk)
    refused = director.post(page, {"decision": "turn_down", "reason": "  "})
    assert "Say why not: people will read it." in refused.text
    director.post(page, {"decision": "turn_down", "reason": "No ministry can spare two weeks."})
    made.refresh_from_db()
    assert made.state == "declined"
    public = Client().get("/workshops/bangkok/recommendations/").text
    assert "No ministry can spare two weeks." in public


def test_a_later_acceptance_reaches_the_edition_that_is_planned_already(earlier, edition):
    made = drafted(earlier)
    actions.decide(made, "accept", "", actor=None)
    answer = RecommendationAnswer.objects.get()
    assert (answer.edition, answer.state) == (edition, "open")
    assert overview.Overview(edition).open_answers == 1
    actions.decide(made, "turn_down", "We were wrong.", actor=None)
    assert not RecommendationAnswer.objects.exists()


def test_an_answer_that_was_written_stays_when_the_decision_turns(earlier, edition):
    made = drafted(earlier)
    actions.decide(made, "accept", "", actor=None)
    answer = made.answers.get()
    actions.answer_recommendation(
        answer, text="A lab.", sessions=[], decision="answer",
        expected_version=answer.version, actor=None,
    )  # fmt: skip
    actions.decide(made, "turn_down", "We were wrong.", actor=None)
    assert RecommendationAnswer.objects.get().text == "A lab."


def test_a_clone_begins_with_what_was_accepted_as_its_checklist(earlier):
    account = make.make_account(roles=["secretariat"])
    wanted, unwanted = drafted(earlier, "Yes."), drafted(earlier, "No.")
    actions.decide(wanted, "accept", "", actor=None)
    actions.decide(unwanted, "turn_down", "Because.", actor=None)
    values = {
        "number": 2, "slug": "third", "title": "Third", "country": earlier.country,
        "city": "Suva", "time_zone": "Pacific/Fiji", "starts_on": earlier.starts_on,
        "ends_on": earlier.ends_on, "language": "en",
    }  # fmt: skip
    made = repeat_edition(earlier, values, ["recommendations"], actor=account)
    assert [it.recommendation.text for it in made.recommendation_answers.all()] == ["Yes."]


@pytest.fixture
def answered(earlier, edition):
    made = drafted(earlier)
    actions.decide(made, "accept", "", actor=None)
    answer = made.answers.get()
    actions.answer_recommendation(
        answer, text="Two labs on Wednesday.", sessions=[], decision="answer",
        expected_version=answer.version, actor=None,
    )  # fmt: skip
    answer.refresh_from_db()
    return answer


def test_it_is_ticked_off_with_evidence_once_the_edition_has_begun(answered, edition, officer):
    page = desk("answer_tick", edition, answered.pk)
    values = {
        "evidence": "Both labs ran with 18 and 19 people.", "evidence_url": "",
        "version": answered.version, "upload": SimpleUploadedFile("labs.pdf", PDF),
    }  # fmt: skip
    before = edition.moment(edition.starts_on, clock.now().time()) - timedelta(days=2)
    with clock.at(before):
        refused = officer.post(page, values)
    assert "once the edition has begun" in refused.text
    with after(edition):
        assert overview.Overview(edition).unticked_answers == 1
        values["upload"] = SimpleUploadedFile("labs.pdf", PDF)
        officer.post(page, values)
        answered.refresh_from_db()
        assert answered.state == "done"
        assert overview.Overview(edition).unticked_answers == 0
        for slug in ("bangkok", "incheon"):
            public = Client().get(f"/workshops/{slug}/recommendations/").text
            assert "Both labs ran with 18 and 19 people." in public
            assert "labs.pdf" in public
        # The file is for everybody.
        address = public.split('href="/files/')[1].split('"')[0]
        assert Client().get(f"/files/{address}").status_code == 200
    assert AuditEntry.objects.filter(verb="recommendation.ticked").count() == 1


def test_no_tick_without_evidence_nor_twice(answered, edition):
    with after(edition):
        with pytest.raises(TransitionRefusedError):
            actions.tick(answered, {"evidence": " "}, expected_version=answered.version, actor=None)
        answered.refresh_from_db()
        actions.tick(answered, {"evidence": "Seen."}, expected_version=answered.version, actor=None)
        answered.refresh_from_db()
        with pytest.raises(TransitionRefusedError):
            actions.tick(
                answered, {"evidence": "Again."}, expected_version=answered.version, actor=None
            )
        actions.untick(answered, actor=None)
    answered.refresh_from_db()
    assert (answered.state, answered.evidence) == ("answered", "Seen.")


def test_evidence_is_an_address_of_the_web(answered, edition, officer):
    with after(edition):
        page = officer.post(
            desk("answer_tick", edition, answered.pk),
            {"evidence": "x", "evidence_url": "javascript:alert(1)", "version": answered.version},
        )
    assert "evidence_url" in page.context["form"].errors


def test_rules_say_the_same_to_a_person_and_to_the_database(earlier, edition, answered):
    make.make_recommendation(make.make_edition(state=Edition.State.DRAFT))
    drafted(earlier)
    people = [
        make.make_account(),
        make.make_account(roles=["secretariat"]),
        make.make_account(roles=[("director", earlier)]),
    ]
    for rule in (rules.see_recommendation, rules.decide):
        assert_halves_agree(rule, people, Recommendation.objects.all())
    assert_halves_agree(rules.see_evidence, people, RecommendationAnswer.objects.all())
