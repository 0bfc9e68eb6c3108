"""Entering nominations and changing them, one by one or many at once, and what becomes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from madang.core import audit, clock, events, locales
from madang.core.audit import Actor
from madang.nominations import completeness, eligibility, questions
from madang.nominations.models import Answer, Call, Correspondence, Nomination, Question
from madang.nominations.queries.nominations import whole
from madang.people import organisations
from madang.people.actions import people
from madang.people.actions.people import tidy
from madang.people.actions.refusal import RefusedError
from madang.people.models import Country, Person
from madang.workshops.models import Edition

PERSON_FIELDS = (
    "name", "latin_name", "sort_name", "email", "phone", "position", "language",
)  # fmt: skip
FIELDS = (
    "title", "family_name", "given_names", "organisation_name", "responsibility", "needs",
    "nominator", "nominator_email", "note", "sector", "sex", "years_experience", "language_level",
    "attended_before", "endorsed_on", "preference",
)  # fmt: skip

State = Nomination.State

# The event that tells whoever gave the nominee something that they are not nominated any more.
WITHDRAWN = "nomination.withdrawn"


@dataclass(frozen=True)
class Entry:
    """A nomination to enter: some of `PERSON_FIELDS` (with a name), some of `FIELDS`, answers.

    `answers` are by the key of the question, as `questions.canonical` gives them.
    """

    country: Country
    person: Mapping[str, Any]
    values: Mapping[str, Any]
    answers: Mapping[str, str] = field(default_factory=dict)
    source: Correspondence | None = None


@dataclass(frozen=True)
class Change:
    """What changes of a nomination that is there; what is not named stays."""

    nomination: Nomination
    person: Mapping[str, Any]
    values: Mapping[str, Any]
    answers: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def enter(
    edition: Edition,
    country: Country,
    person_values: Mapping[str, Any],
    values: Mapping[str, Any],
    *,
    answers: Mapping[str, str] | None = None,
    origin: str,
    actor: Actor | None,
    source: Correspondence | None = None,
) -> Nomination:
    """A new nomination, with a new person, as a draft with the next number of the edition.

    Raises `RefusedError` without a name.
    """
    entry = Entry(country, person_values, values, answers or {}, source)
    index = organisations.Index.read()
    person = people.add_person(actor=actor, **_of_person(entry, index))
    nomination = _new(edition, entry, person, _last_number(edition) + 1, origin, actor)
    _set(nomination, entry.values, index)
    nomination.save(force_insert=True)
    listed = _questions(edition)
    for answer in _new_answers(nomination, listed, entry.answers):
        answer.save(force_insert=True)
    audit.record(actor, "nomination.added", nomination, number=nomination.number)
    return nomination


@transaction.atomic
def enter_many(
    edition: Edition, entries: Sequence[Entry], *, origin: str, actor: Actor | None
) -> list[Nomination]:
    """Many new nominations, as drafts, in a few queries and with one line in the audit trail.

    Raises `RefusedError` where a name is missing, and writes nothing then.
    """
    index = organisations.Index.read()
    persons = people.add_people(_of_person(entry, index) for entry in entries)
    last = _last_number(edition)
    listed = _questions(edition)
    nominations: list[Nomination] = []
    answers: list[Answer] = []
    for number, (entry, person) in enumerate(zip(entries, persons, strict=True), start=last + 1):
        nomination = _new(edition, entry, person, number, origin, actor)
        nomination.version = 1
        _set(nomination, entry.values, index)
        nominations.append(nomination)
        for answer in _new_answers(nomination, listed, entry.answers):
            answer.version = 1
            answers.append(answer)
    Nomination.objects.bulk_create(nominations)
    Answer.objects.bulk_create(answers)
    if nominations:
        audit.record(
            actor, "nomination.entered_many", edition, scope=edition.pk, number=len(nominations)
        )
    return nominations


@transaction.atomic
def change(
    nomination: Nomination,
    person_values: Mapping[str, Any],
    values: Mapping[str, Any],
    *,
    answers: Mapping[str, str] | None = None,
    actor: Actor | None,
    expected_version: int | None = None,
) -> list[str]:
    """Change a nomination and its person; returns the names of what really changed.

    One that was submitted stays complete, or `RefusedError` says what would be missing; it is also
    raised for an empty name and for a withdrawn nomination. `StaleRecordError` where somebody else
    saved since `expected_version`.
    """
    wanted = Change(nomination, person_values, values, answers or {})
    stored = whole(Nomination.objects.select_for_update(of=("self",))).get(pk=nomination.pk)
    index = organisations.Index.read()
    changed = _change(stored, wanted, index, actor=actor, expected_version=expected_version)
    nomination.refresh_from_db()
    return changed


@transaction.atomic
def change_many(changes: Sequence[Change], *, actor: Actor | None) -> int:
    """Change many nominations; returns how many of them really changed. Raises as `change` does.

    Those that are as wanted already cost nothing but their reading; the others a few queries each.
    """
    index = organisations.Index.read()
    keys = [wanted.nomination.pk for wanted in changes]
    locked = whole(Nomination.objects.select_for_update(of=("self",)).filter(pk__in=keys))
    stored = {nomination.pk: nomination for nomination in locked}
    return sum(
        bool(_change(stored[wanted.nomination.pk], wanted, index, actor=actor))
        for wanted in changes
    )


def submit(nomination: Nomination, *, actor: Actor | None) -> None:
    """Send a draft, or one that was withdrawn. `TransitionRefusedError` says what is missing."""
    nomination.submit(actor=actor, fields={"submitted_at": clock.now(), "grounds": []})


def submit_many(
    nominations: QuerySet[Nomination] | Sequence[Nomination], *, actor: Actor | None
) -> dict[UUID, str]:
    """Send all of them that are complete; returns why the others were not, by key.

    A list holds nominations that were made in this transaction.
    """
    now = clock.now()
    rows = whole(nominations) if isinstance(nominations, QuerySet) else nominations
    return Nomination.submit.together(
        rows, actor=actor, fields=lambda _it: {"submitted_at": now, "grounds": []}
    )


@transaction.atomic
def withdraw(nomination: Nomination, *, actor: Actor | None) -> None:
    """Take a nomination back; it stays as a row and can be sent again."""
    nomination.withdraw(actor=actor)
    events.record(WITHDRAWN, nomination)


def reopen(nomination: Nomination, *, actor: Actor | None) -> None:
    """Give a nomination back as a draft."""
    nomination.reopen(actor=actor, fields={"grounds": []})


@transaction.atomic
def judge(nomination: Nomination, grounds: Sequence[str], *, actor: Actor | None) -> None:
    """Find a nomination eligible, or not eligible on grounds (codes of `eligibility.GROUNDS`)."""
    unknown = set(grounds) - eligibility.GROUNDS.keys()
    if unknown:
        raise ValueError(f"These are no grounds: {sorted(unknown)}.")
    if grounds:
        nomination.refuse(actor=actor, fields={"grounds": list(grounds)}, grounds=list(grounds))
    else:
        nomination.accept(actor=actor, fields={"grounds": []})


@transaction.atomic
def judge_all(edition: Edition, *, actor: Actor | None) -> tuple[int, int]:
    """Judge every nomination that was received, by the call's own rules.

    What somebody judged before stays. Returns how many were found eligible and how many not.
    """
    call = Call.objects.select_for_update().filter(edition=edition).first()
    if call is None:
        raise RefusedError(_("This edition has no call for nominations."))
    counted = whole(edition.nominations.filter(state__in=(State.SUBMITTED, State.ELIGIBLE)))
    nominations = list(counted)
    grounds = eligibility.check(call, nominations)
    waiting = [it.pk for it in nominations if it.state == State.SUBMITTED]
    good = [key for key in waiting if not grounds[key]]
    bad = [key for key in waiting if grounds[key]]
    _judge_alike(good, grounds, Nomination.accept, actor)
    _judge_alike(bad, grounds, Nomination.refuse, actor)
    return len(good), len(bad)


# --- What these share -----------------------------------------------------------------------------
def _of_person(entry: Entry, index: organisations.Index) -> dict[str, Any]:
    _require_known(entry.person, PERSON_FIELDS)
    name = str(entry.values.get("organisation_name", ""))
    organisation = index.match(name, entry.country)
    return {**entry.person, "country": entry.country, "organisation": organisation}


def _last_number(edition: Edition) -> int:
    """The highest number given, under a lock that the next one who enters waits for."""
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    highest: int | None = edition.nominations.aggregate(highest=Max("number"))["highest"]
    return highest or 0


def _questions(edition: Edition) -> list[Question]:
    listed = Question.objects.filter(call__edition=edition).prefetch_related("choices")
    return list(listed)


def _new(
    edition: Edition, entry: Entry, person: Person, number: int, origin: str, actor: Actor | None
) -> Nomination:
    return Nomination(
        edition=edition,
        number=number,
        person=person,
        subject=person.subject,
        country=entry.country,
        origin=origin,
        source=entry.source,
        entered_by=actor.audit_id if actor is not None else None,
    )


def _set(nomination: Nomination, values: Mapping[str, Any], index: organisations.Index) -> None:
    _require_known(values, FIELDS)
    for name, value in values.items():
        setattr(nomination, name, tidy(value) if isinstance(value, str) else value)
    if "organisation_name" in values:
        nomination.organisation = index.match(nomination.organisation_name, nomination.country)


def _require_known(values: Mapping[str, Any], names: Sequence[str]) -> None:
    unknown = set(values) - set(names)
    if unknown:
        raise ValueError(f"These of a nomination are not for actions to set: {sorted(unknown)}.")


def _new_answers(
    nomination: Nomination, listed: Sequence[Question], answers: Mapping[str, str]
) -> list[Answer]:
    texts = {question.pk: answers.get(question.key, "") for question in listed}
    return [
        Answer(
            nomination=nomination,
            question=question,
            subject=nomination.subject,
            text=texts[question.pk],
            code=questions.code(question, texts[question.pk]),
        )
        for question in questions.asked(listed, texts)
        if texts[question.pk]
    ]


def _change(
    stored: Nomination,
    wanted: Change,
    index: organisations.Index,
    *,
    actor: Actor | None,
    expected_version: int | None = None,
) -> list[str]:
    """Write what differs from a nomination that was read whole, under a lock."""
    _require_known(wanted.person, PERSON_FIELDS)
    if stored.state == State.WITHDRAWN:
        raise RefusedError(_("It is withdrawn: open it again before you change it."))
    before = {name: getattr(stored, name) for name in wanted.values}
    _set(stored, wanted.values, index)
    changed = [name for name in wanted.values if getattr(stored, name) != before[name]]
    changed += _change_person(stored, wanted.person, actor)
    answered, texts = _change_answers(stored, wanted.answers)
    if not changed and not answered:
        return []
    if stored.state != State.DRAFT:
        _require_complete(stored, texts)
    # The row is saved whatever changed: its version stands for the whole nomination.
    stored.save(expected_version=expected_version)
    fields = [*changed, *(["answers"] if answered else [])]
    audit.record(actor, "nomination.changed", stored, fields=fields)
    return [*changed, *answered]


def _change_person(
    nomination: Nomination, values: Mapping[str, Any], actor: Actor | None
) -> list[str]:
    person = nomination.person
    wanted = {**values, "organisation": nomination.organisation}
    differs = any(
        getattr(person, name) != (tidy(value) if isinstance(value, str) else value)
        for name, value in wanted.items()
    )
    if not differs:
        return []
    changed = people.change_person(person, actor=actor, **wanted)
    return [name for name in changed if name != "organisation"]


def _change_answers(
    nomination: Nomination, answers: Mapping[str, str]
) -> tuple[list[str], dict[UUID, str]]:
    """Write those answers that differ; what is no longer asked goes.

    Returns the keys of the questions whose answer changed, and all answers by question.
    """
    call = completeness.call_of(nomination)
    listed = list(call.questions.all()) if call is not None else []
    kept = {answer.question_id: answer for answer in nomination.answers.all()}
    texts = {key: answer.text for key, answer in kept.items()}
    texts |= {it.pk: answers[it.key] for it in listed if it.key in answers}
    texts = {it.pk: texts.get(it.pk, "") for it in questions.asked(listed, texts)}
    changed = []
    for question in listed:
        answer, text = kept.get(question.pk), texts.get(question.pk, "")
        if text == (answer.text if answer is not None else ""):
            continue
        changed.append(question.key)
        if answer is not None and not text:
            answer.delete()
            continue
        answer = answer or Answer(
            nomination=nomination, question=question, subject=nomination.subject
        )
        answer.text, answer.code = text, questions.code(question, text)
        answer.save()
    return changed, texts


def _require_complete(nomination: Nomination, texts: Mapping[UUID, str]) -> None:
    lacking = completeness.missing_values(nomination, texts)
    if lacking:
        raise RefusedError(
            _("It was sent already and has to stay complete. This would be missing: %(what)s.")
            % {"what": locales.listed(lacking)}
        )


def _judge_alike(
    keys: Sequence[UUID], grounds: Mapping[UUID, list[str]], transition: Any, actor: Actor | None
) -> None:
    if keys:
        transition.together(
            Nomination.objects.filter(pk__in=keys),
            actor=actor,
            fields=lambda it: {"grounds": grounds[it.pk]},
            facts=lambda it: {"grounds": grounds[it.pk]} if grounds[it.pk] else {},
        )
