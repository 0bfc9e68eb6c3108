"""The part of the world with evaluation."""

from typing import Any

from madang.evaluation import box, standard
from madang.evaluation.actions import making, opening
from madang.evaluation.models import Comment, Form, Question, Speaker
from madang.people.models import Account
from madang.workshops.models import Participation
from tests import factories as make


def add_evaluation(
    half: Any, text: str, officer: Account, director: Account, taking_part: Participation
) -> None:
    """A form in preparation, one that is open, and one that is closed with what came of it."""
    del director
    edition = half.edition
    making.make(edition, actor=officer)
    is_open = edition.evaluation_forms.get(kind=Form.Kind.END)
    # In a draft, and with so few, nothing could open.
    is_open.state, is_open.key = Form.State.OPEN, box.new_key(is_open)
    is_open.save()
    box.make_slips(is_open, [taking_part.pk])
    closed, prepared = (
        Form.objects.create(
            edition=edition,
            kind=Form.Kind.SESSION,
            session=session,
            opens_at=make.local(edition, 1, "10:00"),
            closes_at=make.local(edition, 5, "10:00"),
        )
        for session in (half.things["session"], half.things["trip"])
    )
    standard.fill([closed, prepared])
    Question.objects.filter(form__edition=edition).update(text=text[:300])
    speaker = Speaker.objects.create(form=closed, participation=taking_part)
    counts = {"session": {"4": 6, "5": 6}, "useful": {"1": 6, "5": 6}, "speaker.1": {"5": 12}}
    opening.enter_counts(closed, 12, counts, actor=officer)
    half.things |= {
        "evaluation_open": is_open,
        "evaluation_closed": closed,
        "evaluation_form": prepared,
        "evaluation_question": prepared.questions.get(key="useful"),
        "evaluation_comment": Comment.objects.create(
            form=closed, question=closed.questions.get(key="improve"), speaker=speaker, text=text
        ),
    }
