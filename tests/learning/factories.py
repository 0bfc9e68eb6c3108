"""Makes what tests of learning need: a bank, a test that can be taken, people who take it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from madang.core import clock
from madang.learning import written
from madang.learning.actions import assembling, bank, freezing, sitting
from madang.learning.content import Content
from madang.learning.models import Competency, Exam, Item, Sheet
from madang.learning.models.exam import Form
from madang.learning.queries import own
from madang.people.models import Account
from madang.workshops.models import Edition, Participation
from tests import factories as make

# Monday morning and Friday afternoon of the week that `make_edition` makes.
DAYS = {"pre": 8, "post": 12}
OPENS = {kind: datetime(2007, 10, day, 0, tzinfo=UTC) for kind, day in DAYS.items()}
DURING = {kind: datetime(2007, 10, day, 3, tzinfo=UTC) for kind, day in DAYS.items()}
CLOSES = {kind: datetime(2007, 10, day, 6, tzinfo=UTC) for kind, day in DAYS.items()}
BEFORE = datetime(2007, 10, 1, tzinfo=UTC)
LATER = datetime(2007, 10, 13, tzinfo=UTC)

SINGLE = "*right\nwrong\nquite wrong\nvery wrong"


def make_content(kind: str = "single", answers: str = SINGLE, **words: str) -> Content:
    text = words.get("text", "What is right?")
    return written.read(kind, "en", text, answers, words.get("explanation", "Because it is."))


def make_item(edition: Edition, content: Content | None = None, **values: Any) -> Item:
    return bank.add_item(edition, values, content or make_content(), actor=None)


def make_competency(edition: Edition, name: str = "Plan", **fields: Any) -> Competency:
    return Competency.objects.create(series=edition.series, name=name, **fields)


def make_exam(
    edition: Edition,
    items: Sequence[Item] = (),
    kind: str = "pre",
    *,
    forms: Sequence[str] = (),
    published: bool = True,
) -> Exam:
    """A test that asks these items, or four new ones, and can be taken on its day."""
    items = items or [make_item(edition) for _ in range(4)]
    with clock.at(BEFORE):
        values = {"opens_at": OPENS[kind], "closes_at": CLOSES[kind], "minutes": 10}
        exam = assembling.plan(edition, kind, values, expected_version=None, actor=None)
        of = forms or [Form.BOTH] * len(items)
        chosen = {item.pk: str(form) for item, form in zip(items, of, strict=True)}
        assembling.choose_items(exam, chosen, actor=None)
        if published:
            exam.publish(actor=None)
    return exam


def make_learner(edition: Edition, **fields: Any) -> tuple[Account, Participation]:
    """Somebody with an account who takes part."""
    account = make.make_account(roles=[("participant", edition)])
    return account, make.make_participation(edition, account.person, **fields)


def take(
    exam: Exam, participation: Participation, right: Sequence[bool], *, wrong: str = "2"
) -> Sheet:
    """Answer the questions in the order of the test, rightly or not, and hand in."""
    with clock.at(DURING[exam.kind]):
        sheet = sitting.begin(exam, participation)
        items = [item for item, _question in own.questions(sheet)]
        items.sort(key=lambda item: item.order)
        given = {
            item.pk: "1" if is_right else wrong for item, is_right in zip(items, right, strict=True)
        }
        sitting.answer(sheet, given)
        sitting.hand_in(exam, participation)
    return sheet


def freeze(exam: Exam) -> Exam:
    """Let the time of a test pass."""
    with clock.at(LATER):
        freezing.freeze(Exam.objects.get(pk=exam.pk), actor=None)
    exam.refresh_from_db()
    return exam
