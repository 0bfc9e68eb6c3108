"""What may be told: frozen at closing, of nobody alone, compared, reviewed, alike everywhere."""

import json
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from madang.core import clock
from madang.evaluation.actions import opening, reviewing
from madang.evaluation.models import Comment, Form, Outcome
from madang.evaluation.queries import results
from madang.evaluation.queries.telling import FormResult
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Session
from tests import factories
from tests.evaluation import factories as make
from tests.support.clients import client_of, signed_in

pytestmark = pytest.mark.django_db

Answers = dict[str, str]


def by_key(result: FormResult) -> dict[str, Any]:
    return {each.key: each for each in result.questions}


def test_nothing_is_told_before_a_form_closes_and_then_nothing_changes() -> None:
    edition = make.make_week()
    form = make.answered(make.form_of(edition), [{"overall": "4"}] * 6)
    client = signed_in(("secretariat", edition))
    pages = (f"/manage/{edition.slug}/evaluation/", f"/manage/{edition.slug}/evaluation/results/")
    before = [client.get(page).content for page in pages]
    for participation in make.participants(form)[6:]:
        make.hand_in(form, participation, {"overall": "1"})
    strip = [content.partition(b"<main")[2].partition(b"</main")[0] for content in before]
    after = [client.get(page).content.partition(b"<main")[2] for page in pages]
    tokens = [b'name="csrfmiddlewaretoken" value="']
    for old, new in zip(strip, after, strict=True):
        for token in tokens:
            parts = [each.split(token) for each in (old, new.partition(b"</main")[0])]
            assert [p[64:] for p in parts[0][1:]] == [p[64:] for p in parts[1][1:]]
    assert results(edition) == []
    opening.close_form(form, actor=None)
    (told,) = results(edition)
    assert told.people == 10
    with pytest.raises(DatabaseError), transaction.atomic():
        Outcome.objects.update(content="{}")


def test_the_results_of_an_edition_cost_as_much_for_many_forms_as_for_one() -> None:
    edition = make.make_week()
    session = Session.objects.get(edition=edition, title="Vision")
    make.make_speaker(session, "Ana")
    make.publish(edition)
    make.closed(make.form_of(edition), [{"overall": "4", "next": "More"}] * 6)
    with CaptureQueriesContext(connection) as one:
        results(edition)
    for form in Form.objects.filter(edition=edition, state="prepared"):
        make.closed(form, [{"session": "4", "day": "3", "speaker.1": "5", "improve": "x"}] * 8)
    with CaptureQueriesContext(connection) as many:
        results(edition)
    # The texts of sessions are asked for where there are sessions.
    assert len(many) <= len(one) + 1 <= 14


def test_the_same_question_is_compared_with_the_edition_before() -> None:
    edition = make.make_week(people=20)
    earlier = factories.make_edition(series=edition.series, number=1, title="Bangkok")
    edition.number = 2
    edition.save()
    before = make.form_of(earlier)
    counts = {"overall": {"2": 6, "3": 24}, "organised": {"4": 15, "5": 15}}
    opening.enter_counts(before, 30, counts, actor=factories.make_account())
    answers = [{"overall": "5", "organised": "4"}] * 10 + [{"overall": "4", "organised": "5"}] * 10
    make.closed(make.form_of(edition), answers)
    told = by_key(results(edition)[0])
    assert told["overall"].comparison.is_clear
    assert "higher by 1.7" in told["overall"].comparison.sentence
    assert "no difference that these numbers could show" in told["organised"].comparison.sentence
    assert told["relevant"].comparison is None


def test_what_was_counted_elsewhere_has_to_add_up() -> None:
    form = make.form_of(factories.make_edition())
    officer = factories.make_account()
    for counts in ({"overall": {"1": 31}}, {"longer": {"labs": 1}}):
        with pytest.raises(RefusedError, match="more answers"):
            opening.enter_counts(form, 30, counts, actor=officer)
    form.refresh_from_db()
    assert form.state == Form.State.PREPARED


def test_comments_are_kept_from_five_and_read_before_others_see_them() -> None:
    edition = make.make_week()
    answers = [{"next": f"Wish {n}", "apply": "yes", "change": "Mine"} for n in range(4)]
    form = make.closed(make.form_of(edition), [*answers, {"next": "Name no Ana"}])
    assert Comment.objects.filter(question__key="change").count() == 0
    assert len({comment.created_at for comment in Comment.objects.all()}) <= 5
    assert by_key(results(edition)[0])["next"].comments == ()
    officer = factories.make_account()
    named = Comment.objects.get(text="Name no Ana")
    reviewing.publish(named, "Name nobody", version=named.version, actor=officer)
    other = Comment.objects.get(text="Wish 1")
    reviewing.withhold(other, actor=officer)
    assert by_key(results(edition)[0])["next"].comments == ("Name nobody",)
    assert not Comment.objects.filter(text__in=("Name no Ana", "Wish 1")).exists()
    director = signed_in(("director", edition))
    page = director.get(f"/manage/{edition.slug}/evaluation/{form.pk}/").content.decode()
    assert "Name nobody" in page
    assert "Wish 2" not in page
    assert director.get(f"/manage/{edition.slug}/evaluation/comments/").status_code == 404


def test_a_speaker_sees_what_was_said_of_the_session_and_of_nobody_else() -> None:
    edition = make.make_week()
    session = Session.objects.get(edition=edition, title="Vision")
    ana, _ben = make.make_speaker(session, "Ana"), make.make_speaker(session, "Ben")
    account = factories.make_account(person=ana.person, roles=[("resource_person", edition)])
    make.publish(edition)
    form = make.form_of(edition, "session", "Vision")
    url = f"/workshops/{edition.slug}/evaluation/{form.pk}/results/"
    make.answered(form, [{"session": "4", "speaker.1": "5", "speaker.2": "1"}] * 6)
    assert client_of(account).get(url).status_code == 404
    opening.close_form(form, actor=None)
    page = client_of(account).get(url).content.decode()
    assert "Ana" in page
    assert "Ben" not in page
    to_do = client_of(account).get(f"/workshops/{edition.slug}/to-do/").content.decode()
    assert url in to_do
    stranger, _participation = make.make_answerer(edition)
    assert client_of(stranger).get(url).status_code == 404


# --- A group of four ------------------------------------------------------------------------------
# Eight came for the first time, four did not; the four agree with each other in one world, and in
# the other the same answers came from four of the eight.
FOUR: Answers = {"overall": "1", "apply": "no", "recommend": "0", "length": "1", "longer": "labs"}
REST: Answers = {"overall": "5", "apply": "yes", "recommend": "10", "length": "4"}


def world(groups: list[tuple[str, Answers]]) -> dict[str, str]:
    """Every page and file that tells of a week with these answers, without what is its own."""
    edition = make.make_week()
    account = factories.make_account(roles=[("secretariat", edition)])
    form = make.form_of(edition)
    make.closed(form, [{"first-time": first, **answers} for first, answers in groups])
    client = client_of(account)
    base = f"/manage/{edition.slug}/evaluation/"
    found = {"json": client.get(f"{base}results/?format=json").getvalue().decode()}
    found["csv"] = client.get(f"{base}results/?format=csv").getvalue().decode()
    for name, url in (("results", f"{base}results/"), ("form", f"{base}{form.pk}/")):
        page = client.get(url).content.decode()
        main = page.partition("<main")[2].partition("</main")[0]
        for its_own in (str(form.pk), edition.slug, edition.title):
            main = main.replace(its_own, "")
        found[name] = main
    (told,) = results(edition)
    found["charts"] = repr([each.chart and each.chart.drawing() for each in told.questions])
    found["stored"] = Outcome.objects.get(form=form).content
    return found


def test_a_person_of_a_group_of_four_can_not_be_told() -> None:
    alike = world([("no", FOUR)] * 4 + [("yes", REST)] * 8)
    mixed = world([("yes", FOUR)] * 4 + [("no", REST)] * 4 + [("yes", REST)] * 4)
    for name in ("json", "csv", "charts", "stored", "results"):
        assert alike[name] == mixed[name], name
    assert json.loads(alike["stored"])["people"] == 10
    told = {each["name"]: each for each in json.loads(alike["stored"])["questions"]}
    # Whom four said no to, and what they were asked further, is told nowhere.
    assert [block["codes"] for block in told["apply"]["blocks"]] == [["yes", "no"]]
    assert not told["longer"]["blocks"]
    assert all(not each["parts"] for each in told.values())


def test_a_group_of_five_is_told_with_its_mean() -> None:
    with clock.at(make.BEFORE):
        stored = world([("no", FOUR)] * 5 + [("yes", REST)] * 7)["stored"]
    told = {each["name"]: each for each in json.loads(stored)["questions"]}
    assert {part["mean"] for part in told["overall"]["parts"]} == {1.0, 5.0}
