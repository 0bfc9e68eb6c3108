"""Forms come from the published programme, are edited, open and close, and say what they differ."""

from datetime import timedelta

import pytest
from django.utils import translation

from madang.core import clock
from madang.evaluation import questions, tasks
from madang.evaluation.actions import asking, making
from madang.evaluation.models import Form, Question
from madang.evaluation.queries import planned
from madang.people import country_list
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import repeat
from madang.workshops.models import Edition, Session
from tests import factories
from tests.evaluation import factories as make

pytestmark = pytest.mark.django_db


def said(edition: Edition) -> list[tuple[str, str]]:
    forms = list(edition.evaluation_forms.select_related("session").prefetch_related("speakers"))
    return [(each.what, each.title) for each in planned.differences(edition, forms)]


def names(form: Form) -> list[str]:
    return [item.name for item in questions.items(form)]


def test_each_session_each_day_and_the_whole_workshop_has_a_form() -> None:
    edition = make.make_week()
    session = Session.objects.get(edition=edition, title="Vision")
    make.make_speaker(session, "Ana"), make.make_speaker(session, "Ben")
    make.publish(edition)
    assert making.make(edition, actor=None) == 6
    vision = make.form_of(edition, "session", "Vision")
    assert names(vision) == ["session", "useful", "obstacle", "speaker.1", "speaker.2", "improve"]
    assert vision.opens_at == session.ends_at
    monday, tuesday = edition.evaluation_forms.filter(kind="pulse").order_by("day")
    assert (monday.day, tuesday.day) == (edition.days[0], edition.days[1])
    assert make.form_of(edition).opens_at == factories.local(edition, 5, "13:00")
    assert making.make(edition, actor=None) == 0


def test_questions_come_in_every_language() -> None:
    overall = make.form_of(make.make_week()).questions.get(key="overall")
    in_english = overall.wording("text", "en")
    assert in_english == "How was the workshop as a whole?"
    with translation.override("fa"):
        assert overall.wording("text").language in {"en", "fa"}


def test_after_a_change_of_the_programme_edits_stay_and_differences_are_told() -> None:
    edition = make.make_week()
    officer = factories.make_account()
    vision, needs = (make.form_of(edition, "session", each) for each in ("Vision", "Needs"))
    asking.remove(vision.questions.get(key="improve"), actor=officer)
    Session.objects.filter(title="Vision").update(starts_at=factories.local(edition, 1, "10:30"))
    Session.objects.filter(title__in=("Needs", "Cases")).update(state="cancelled")
    asking.remove(needs.questions.get(key="improve"), actor=officer)
    make.make_speaker(Session.objects.get(title="Vision"), "Ana")
    make.publish(edition)
    assert set(said(edition)) >= {("moved", "Vision"), ("speakers", "Vision"), ("gone", "Needs")}
    making.make(edition, actor=officer)
    vision.refresh_from_db()
    assert vision.opens_at == Session.objects.get(title="Vision").ends_at
    assert names(vision) == ["session", "useful", "obstacle", "speaker.1"]
    assert edition.evaluation_forms.filter(session__title="Needs").exists()
    assert not edition.evaluation_forms.filter(session__title="Cases").exists()
    assert said(edition) == [("gone", "Needs")]


def test_what_a_form_asks_is_fixed_once_it_is_open() -> None:
    form = make.opened(make.form_of(make.make_week()))
    officer = factories.make_account()
    with pytest.raises(RefusedError, match="opened"):
        asking.remove(form.questions.get(key="next"), actor=officer)


def test_results_are_told_apart_by_one_question_at_most_and_never_by_country() -> None:
    form = make.form_of(make.make_week())
    officer = factories.make_account()
    country_list.load()
    form.questions.filter(tells_apart=True).delete()
    values = {"text": "Where from?", "kind": Question.Kind.ONE, "tells_apart": True}
    with pytest.raises(RefusedError, match="never told by country"):
        asking.add(form, values, [("a", "Fiji"), ("b", "Thailand")], actor=officer)
    sector = [("gov", "Government"), ("other", "Another")]
    asking.add(form, values, sector, actor=officer)
    with pytest.raises(RefusedError, match="too much"):
        asking.add(form, values | {"text": "And?"}, sector, actor=officer)


def test_all_sessions_can_ask_the_same() -> None:
    edition = make.make_week()
    vision, needs = (make.form_of(edition, "session", each) for each in ("Vision", "Needs"))
    officer = factories.make_account()
    asking.add(vision, {"text": "New?", "kind": Question.Kind.YES_NO}, (), actor=officer)
    assert asking.spread(vision, actor=officer) == 2
    assert names(needs) == names(vision)
    assert needs.questions.get(key="obstacle").depends_on == needs.questions.get(key="useful")


def test_a_new_edition_takes_edited_forms_along() -> None:
    edition = make.make_week()
    officer = factories.make_account()
    asking.remove(make.form_of(edition).questions.get(key="peers"), actor=officer)
    values = {
        name: getattr(edition, name) for name in ("title", "city", "country", "time_zone", "seats")
    }
    later = {
        "starts_on": edition.starts_on + timedelta(364),
        "ends_on": edition.ends_on + timedelta(364),
    }
    again = repeat.repeat_edition(
        edition,
        values | later | {"slug": "again", "number": edition.number + 1},
        parts=["evaluation_forms"],
        actor=officer,
    )
    form = again.evaluation_forms.get()
    assert form.kind == Form.Kind.END
    assert form.opens_at == factories.local(again, 5, "13:00")
    assert "peers" not in names(form)
    assert form.questions.get(key="change").depends_on == form.questions.get(key="apply")


def test_forms_open_and_close_at_their_time_by_themselves() -> None:
    edition = make.make_week()
    vision = make.form_of(edition, "session", "Vision")
    with clock.at(make.opens_at(vision)):
        assert tasks.move_due() == 1
        assert tasks.move_due() == 0
    vision.refresh_from_db()
    assert vision.state == Form.State.OPEN
    assert vision.closes_at is not None
    with clock.at(vision.closes_at):
        tasks.move_due()
    vision.refresh_from_db()
    assert vision.state == Form.State.CLOSED
