"""What people of the demo think: forms made, answered and closed, beside what Bangkok counted."""

import random
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from madang.core import clock
from madang.evaluation import box, questions, tasks
from madang.evaluation.actions import making, opening, reviewing
from madang.evaluation.models import Comment, Form, Question
from madang.evaluation.queries import answering
from madang.evaluation.questions import Item
from madang.site.demo.company import BANGKOK, Company
from madang.site.demo.content import content
from madang.site.demo.story import Step

Kind = Question.Kind
Rolls = random.Random


def steps() -> Iterator[Step]:
    """Forms open and close as time goes on, and some answer each time; at the end all is read."""
    stated = content("evaluation")
    yield Step(stated["bangkok"]["at"], _count_bangkok)
    yield Step(stated["made"], _make)
    for entry in stated["answered"]:
        yield Step(entry["at"], partial(_answer, entry=entry))
    yield Step(stated["read"], _read)


def _count_bangkok(company: Company) -> None:
    """The first edition asked on paper; an officer counted."""
    edition = company.editions[BANGKOK]
    making.make(edition, actor=company.officer)
    stated = content("evaluation")["bangkok"]
    form = Form.objects.get(edition=edition, kind=Form.Kind.END)
    opening.enter_counts(form, stated["people"], stated["counts"], actor=company.officer)


def _make(company: Company) -> None:
    company.incheon.refresh_from_db()
    making.make(company.incheon, actor=company.officer)


def _answer(company: Company, *, entry: Mapping[str, Any]) -> None:
    """What is due opens and closes; of those who may answer, so many have by then."""
    tasks.move_due()
    for form in answering.open_forms(company.incheon.pk):
        _hand_in(form, entry["answered"][form.kind], entry["at"])


def _hand_in(form: Form, wanted: int, at: datetime) -> None:
    people = list(answering.entitled(form).order_by("created_at", "pk"))
    done = answering.who_handed_in(form)
    # The same people and answers each time that the demo is made.
    rolls = random.Random(f"{form.kind} {form.opens_at} {at}")  # noqa: S311 - not a secret
    left = [person for person in people if person.pk not in done]
    chosen = rolls.sample(left, max(0, min(len(left), wanted - len(done))))
    items = questions.items(form)
    for person in chosen:
        opening.hand_in(form, box.token(form, person.pk), _answers(items, rolls))


def _answers(items: list[Item], rolls: Rolls) -> dict[str, str]:
    return {item.name: _one(item, rolls) for item in items}


def _one(item: Item, rolls: Rolls) -> str:
    stated = content("evaluation")
    key, codes = item.question.key, list(item.offered)
    match item.question.kind:
        case Kind.TEXT:
            written = stated["written"].get(key, [""])
            return rolls.choice(written) if rolls.random() < stated["writes"] else ""
        case Kind.SEVERAL:
            return ",".join(code for code in codes if rolls.random() < stated["several"])
        case Kind.ONE:
            return rolls.choice(codes)
    weights = stated["weights"].get(key) or stated["weights"][item.question.kind]
    return rolls.choices(codes, weights)[0]


def _read(company: Company) -> None:
    """An officer reads what people wrote: what names somebody, or was said before, is left out."""
    telling = content("evaluation")["telling"]
    said: set[tuple[UUID, str]] = set()
    waiting = Comment.objects.filter(
        form__edition=company.incheon, state=Comment.State.WAITING, created_at__lte=clock.now()
    )
    for comment in waiting.select_related("form"):
        place = comment.form_id, comment.text
        if comment.text in telling or place in said:
            reviewing.withhold(comment, actor=company.officer)
        else:
            said.add(place)
            reviewing.publish(comment, comment.text, version=comment.version, actor=company.officer)
