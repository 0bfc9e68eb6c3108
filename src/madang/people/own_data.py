"""What is known of a person, for that person: on the privacy page and as a copy to take away.

Fields of every app's `Personal` models are found by themselves, with why and until when they are
kept. What an app knows beside these (participations, sign-ups) it adds with `register`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core import audit, clock
from madang.core.audit import Actor
from madang.core.models import Personal, PersonalText
from madang.people import erasure, role_names
from madang.people.models import Account, Consent, Person, Role
from madang.people.visitors import VISITOR

Text = str | Promise
# So many rows of a model are shown on the page; the copy has all.
SHOWN = 20

Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True)
class Section:
    """A part of the copy: rows of values by label."""

    key: str
    label: Text
    find: Callable[[Person], Rows]


@dataclass(frozen=True)
class Value:
    """One personal value, why it is kept and until when."""

    name: str
    label: Text
    value: str
    why: Text
    until: Text


@dataclass(frozen=True)
class Record:
    """The personal values of one row."""

    model: str
    kind: Text
    values: list[Value]


@dataclass(frozen=True)
class Summary:
    """How many rows of one model there are, and the newest of them."""

    kind: Text
    number: int
    newest: list[Record]

    @property
    def fields(self) -> list[Value]:
        """The fields, for why and until when they are kept."""
        return self.newest[0].values


_sections: list[Section] = []


def register(key: str, label: Text, find: Callable[[Person], Rows]) -> None:
    """Let an app add what else it knows: `find(person)` gives rows of values by label.

    Values are text, numbers, dates or moments. Called from the app's `ready()`.
    """
    _sections.append(Section(key, label, find))


def records(
    person: Person,
    *,
    models: Iterable[type[Personal]] | None = None,
    limit: int | None = None,
) -> list[Record]:
    """Rows with personal fields of a person, those of `Person` first; the newest of each model."""
    found = []
    for model in models or _models():
        rows = model._default_manager.filter(subject_id=person.subject_id).order_by("-pk")
        for row in rows[:limit]:
            values = [
                Value(
                    field.attname,
                    field.verbose_name,
                    _shown(row, field),
                    field.why,
                    field.until,
                )
                for field in model.personal_fields()
            ]
            found.append(Record(model._meta.label_lower, model._meta.verbose_name, values))
    return found


def _shown(row: Personal, field: PersonalText) -> str:
    """A value as its person is told it: what was written in confidence is named only."""
    value: str = getattr(row, field.attname)
    if value and field.withheld:
        return _("This was written in confidence: ask the secretariat about it.")
    return value


def summaries(person: Person) -> list[Summary]:
    """What other models than `Person` hold of a person; those that hold nothing are left out."""
    found = []
    for model in _models()[1:]:
        number = model._default_manager.filter(subject_id=person.subject_id).count()
        if number:
            newest = records(person, models=[model], limit=SHOWN)
            found.append(Summary(model._meta.verbose_name_plural or "", number, newest))
    return found


def sections(person: Person) -> list[tuple[Text, list[Mapping[str, Any]]]]:
    """What the apps know of a person beside personal fields; empty parts are left out."""
    found = [(section.label, list(section.find(person))) for section in _sections]
    return [(label, rows) for label, rows in found if rows]


@transaction.atomic
def copy_of(person: Person, *, actor: Actor | None) -> dict[str, Any]:
    """Everything that is known of a person, ready for JSON; the trail says that it was taken."""
    audit.record(actor, "person.exported", person)
    return {
        "made_at": clock.now(),
        "personal": [
            {
                "kind": record.model,
                "values": {value.name: value.value for value in record.values if value.value},
                "why": {value.name: str(value.why) for value in record.values if value.value},
                "until": {value.name: str(value.until) for value in record.values if value.value},
            }
            for record in records(person)
        ],
        **{section.key: list(section.find(person)) for section in _sections},
    }


def _models() -> list[type[Personal]]:
    others = [model for model in erasure.personal_models() if model is not Person]
    return [Person, *others]


def _account(person: Person) -> Rows:
    for account in Account.objects.filter(person=person):
        yield {
            _("e-mail address"): account.email,
            _("opened"): account.created_at,
            _("last sign-in"): account.last_login,
        }


def _affiliation(person: Person) -> Rows:
    yield {
        _("country"): str(person.country) if person.country else "",
        _("organisation"): str(person.organisation) if person.organisation else "",
        _("preferred language"): dict(settings.LANGUAGES).get(person.language, person.language),
    }


def _roles(person: Person) -> Rows:
    held = Role.objects.filter(account__person=person).order_by("starts_at")
    who = Account.objects.filter(person=person).first() or VISITOR
    for role in role_names.named(held, who):
        yield {
            _("role"): str(role.label),
            _("for"): role.scope,
            _("from"): role.starts_at,
            _("until"): role.ends_at,
        }


def _consents(person: Person) -> Rows:
    for consent in Consent.objects.filter(person=person).order_by("given_at"):
        yield {
            _("for what"): consent.get_purpose_display(),
            _("given"): consent.given_at,
            _("taken back"): consent.withdrawn_at,
        }


def register_own() -> None:
    """The parts that this app itself knows."""
    register("account", gettext_lazy("account"), _account)
    register("affiliation", gettext_lazy("where you belong"), _affiliation)
    register("roles", gettext_lazy("roles"), _roles)
    register("consents", gettext_lazy("agreements"), _consents)
