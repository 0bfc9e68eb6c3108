"""The demo's tests: a bank of questions, asked on Monday and again on Friday.

What each person answers follows from a lot of their own and from how hard a question is; nothing
of it is anybody's, since everybody here is invented.
"""

import math
import random
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from madang.learning import written
from madang.learning.actions import assembling, bank, freezing, sitting
from madang.learning.content import FALSE, TRUE, Content
from madang.learning.models import Competency, Exam
from madang.learning.models.exam import Form
from madang.learning.queries import own
from madang.site.demo.cast import CAST
from madang.site.demo.company import Company, participants
from madang.site.demo.content import content, given, source
from madang.site.demo.story import Step
from madang.workshops.models import Participation

# How differently people know: the spread of what they know on the scale of log-odds.
SPREAD = 1.1
# Whoever takes the second test only, and whoever says that they would rather not.
LATECOMERS, DECLINING = 1, 2
# Of those who take the test on Friday, so many do so at the very end.
LATE = 9


def steps() -> Iterator[Step]:
    """Questions are written, tests published and taken, and their results frozen."""
    stated = content("items")
    yield Step(stated["written"], _write)
    yield Step(stated["published"], _plan)
    pre, post = stated["pre"], stated["post"]
    yield Step(pre["taken"], partial(_take, kind="pre", start=0, until=pre["takes"]))
    yield Step(pre["closes"], _freeze)
    early = post["takes"] - LATE
    yield Step(post["taken"], partial(_take, kind="post", start=0, until=early))
    yield Step(post["late"], partial(_take, kind="post", start=early, until=post["takes"]))
    yield Step(post["closes"], _freeze)


def _write(company: Company) -> None:
    """The bank, in English and Persian."""
    stated = content("items")
    edition, officer = company.incheon, company.officer
    competencies: dict[str, Competency] = {}
    for entry in stated["competencies"]:
        values = {**source(entry, Competency), "language": "en"}
        made = bank.add_competency(edition, values, actor=officer)
        given(made, entry)
        competencies[entry["key"]] = made
    for entry in stated["items"]:
        values = {
            "module_number": entry["module"],
            "competency": competencies[entry["competency"]],
            "difficulty": entry["difficulty"],
        }
        bank.add_item(edition, values, _content(entry), actor=officer)


def _content(entry: Mapping[str, Any]) -> Content:
    text, answers, why = entry["text"], entry["answers"], entry["explanation"]
    found = written.read(entry["kind"], "en", text["en"], answers["en"], why["en"])
    return written.translated(found, "fa", text["fa"], answers.get("fa", ""), why["fa"])


def _plan(company: Company) -> None:
    """Both tests ask the whole bank."""
    edition, officer = company.incheon, company.officer
    chosen = {item.pk: Form.BOTH.value for item in edition.series.items.all()}
    for kind in Exam.Kind.values:
        stated = content("items")[kind]
        values = {
            "opens_at": stated["opens"],
            "closes_at": stated["closes"],
            "minutes": stated["minutes"],
        }
        exam = assembling.plan(edition, kind, values, expected_version=None, actor=officer)
        assembling.choose_items(exam, chosen, actor=officer)
        exam.publish(actor=officer)


def _take(company: Company, *, kind: str, start: int, until: int) -> None:
    exam = Exam.objects.get(edition=company.incheon, kind=kind)
    skipped = LATECOMERS if kind == Exam.Kind.PRE else 0
    listed = _in_order(company)
    for participation in listed[start + skipped : until + skipped]:
        _answer(exam, participation)
    if start == 0:
        for participation in listed[-DECLINING:]:
            sitting.decline(exam, participation)


def _in_order(company: Company) -> list[Participation]:
    """Who takes tests, from the first to the last to do so.

    The participant whose place a visitor can take is among the late ones, so that on Friday
    afternoon the test still waits for them.
    """
    coming = participants(company.incheon)
    own_place = coming.pop(next(seat.email for seat in CAST if seat.name == "participant"))
    listed = [coming[email] for email in sorted(coming)]
    listed.insert(content("items")["post"]["takes"] - LATE, own_place)
    return listed


def _answer(exam: Exam, participation: Participation) -> None:
    """Somebody's answers: the same lot before and after, but everybody knows more then."""
    lot = random.Random(f"answers of {participation.person.email}")  # noqa: S311
    knows = lot.gauss(0, SPREAD)
    lot = random.Random(f"{exam.kind}: {participation.person.email}")  # noqa: S311
    likely = "before" if exam.kind == Exam.Kind.PRE else "after"
    by_text = {entry["text"]["en"]: entry for entry in content("items")["items"]}
    sheet = sitting.begin(exam, participation)
    answers = {}
    for item, _question in own.questions(sheet):
        asked = item.version_asked.content
        entry = by_text[asked.text["en"]]
        odds = math.log(entry[likely] / (1 - entry[likely])) + knows
        is_known = lot.random() < 1 / (1 + math.exp(-odds))
        answers[item.pk] = _right(asked) if is_known else _wrong(asked, entry, lot)
    sitting.answer(sheet, answers)
    sitting.hand_in(exam, participation)


def _right(asked: Content) -> str:
    keys = [key for key, _choice in asked.numbered]
    match asked.kind:
        case "single" | "several":
            return ",".join(key for key, choice in asked.numbered if choice.is_right)
        case "truth":
            return TRUE if asked.is_true else FALSE
        case "order":
            return ",".join(keys)
        case "match":
            return ",".join(f"{key}={key}" for key in keys)
        case "number":
            return asked.number
    return asked.accepted[0]


def _wrong(asked: Content, entry: Mapping[str, Any], lot: random.Random) -> str:
    """A mistake as people make it: some leave a question open, many make the same mistake."""
    keys = [key for key, _choice in asked.numbered]
    if lot.random() < 0.08:
        return ""
    match asked.kind:
        case "single":
            tempting = entry.get("tempting", "2")
            return tempting if lot.random() < 0.6 else lot.choice(keys[1:])
        case "several":
            return lot.choice(keys)
        case "truth":
            return FALSE if asked.is_true else TRUE
        case "order":
            first, second, *rest = keys
            return ",".join([second, first, *rest])
        case "match":
            first, second, *rest = keys
            pairs = [f"{first}={second}", f"{second}={first}", *(f"{key}={key}" for key in rest)]
            return ",".join(pairs)
        case "number":
            return str(lot.choice((24, 150, 30)))
    return lot.choice(("maintenance", "fixed", "budget"))


def _freeze(_company: Company) -> None:
    freezing.freeze_due()
