"""The part of the world with learning."""

from datetime import timedelta
from typing import Any

from madang.core import clock
from madang.learning.actions import assembling, freezing, sitting
from madang.learning.models import Exam
from madang.people.models import Account
from madang.workshops.models import Participation
from tests import factories as make
from tests.learning import factories as learn


def add_learning(
    half: Any, text: str, officer: Account, director: Account, taking_part: Participation
) -> None:
    """A bank, a test that five took and that is frozen, and one that somebody has begun."""
    del director
    edition = half.edition
    competency = learn.make_competency(edition, text[:200])
    content = learn.make_content(
        answers=f"*{text} 1\n{text} 2\n{text} 3"[:800], text=text, explanation=text
    )
    items = [
        learn.make_item(edition, content, competency=competency, module_number=1) for _ in range(2)
    ]
    now = clock.now()
    pre = _exam(half, "pre", items, now - timedelta(days=2), now - timedelta(hours=20))
    with clock.at(now - timedelta(days=1)):
        for participation in make.make_participations(edition, 6):
            sheet = sitting.begin(pre, participation)
            sitting.answer(sheet, {item.pk: "2" for item in pre.items.all()[:1]})
            sitting.hand_in(pre, participation)
    freezing.freeze(Exam.objects.get(pk=pre.pk), actor=officer)
    post = _exam(half, "post", items, now - timedelta(hours=2), now + timedelta(hours=2))
    sitting.begin(post, taking_part)
    half.things |= {"item": items[0], "competency": competency}


def _exam(half: Any, kind: str, items: list[Any], opens_at: Any, closes_at: Any) -> Exam:
    with clock.at(opens_at - timedelta(hours=1)):
        values = {"opens_at": opens_at, "closes_at": closes_at, "minutes": 10}
        exam = assembling.plan(half.edition, kind, values, expected_version=None, actor=None)
        assembling.choose_items(exam, {item.pk: "" for item in items}, actor=None)
        exam.publish(actor=None)
    return exam
