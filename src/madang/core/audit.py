"""The audit trail: who changed what, when – append-only, in words, and never a personal value.

An entry holds references and facts. Facts are numbers, dates, codes and names of fields: something
that a person typed is refused (`record` raises), so that erasing a person leaves nothing behind
here. The words come from the verb's sentence and from `core.links` when the trail is read.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from madang.core import clock, links, locales
from madang.core.policies import Who

if TYPE_CHECKING:
    from madang.core.models import AuditEntry

# `datetime` is a `date`, `bool` an `int`.
Fact = int | Decimal | date | UUID | str | Sequence[str] | None

# The media types of documents are the longest codes.
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/+-]{0,99}")


class Actor(Protocol):
    """Whoever acts: an account. `None` stands for Madang itself (a nightly task, the shell)."""

    @property
    def audit_id(self) -> UUID: ...


_verbs: dict[str, str | Promise] = {}
_words: dict[str, dict[str, str | Promise]] = {}


def register_verbs(verbs: dict[str, str | Promise]) -> None:
    """Declare verbs with their sentences.

    A sentence may name `%(thing)s` and the facts: `_("published version %(number)s of %(thing)s")`.
    The actor is put before it by the page that shows it.
    """
    for verb, sentence in verbs.items():
        if _verbs.setdefault(verb, sentence) != sentence:
            raise ValueError(f"The audit verb {verb} is declared twice.")


def register_words(fact: str, words: Mapping[str, str | Promise]) -> None:
    """Declare how codes of a fact read: `register_words("kind", {"director": _("director")})`."""
    _words.setdefault(fact, {}).update(words)


def verbs() -> dict[str, str]:
    """Verbs with their sentences, the thing left open; one verb for all that read the same."""
    first = {str(text) % _Facts(thing="…"): verb for verb, text in reversed(_verbs.items())}
    return {verb: text for text, verb in first.items()}


def alike(verb: str) -> list[str]:
    """The verbs that read as this one does, itself among them: a filter can't tell them apart."""
    return [other for other, text in _verbs.items() if text == sentence(verb)] or [verb]


def sentence(verb: str) -> str | Promise:
    """The sentence of a verb; the verb itself where an older release had one more."""
    return _verbs.get(verb, verb)


def record(
    actor: Actor | None, verb: str, thing: Model, *, scope: UUID | None = None, **facts: Fact
) -> "AuditEntry":
    """Write one line, in the caller's transaction.

    `scope` is the edition (or institute …) in whose history the line belongs; a thing's own
    `edition_id` is taken where it has one. Raises `KeyError` for a verb that nobody declared and
    `ValueError` for a fact that could carry a personal value.
    """
    entry = _entry(actor, verb, thing, scope, facts)
    entry.save(force_insert=True)
    return entry


def record_many(
    actor: Actor | None, verb: str, lines: "Iterable[tuple[Model, Mapping[str, Fact]]]"
) -> None:
    """Write a line of the same verb for each of many things, with its facts: a query or two."""
    from madang.core.models import AuditEntry

    entries = [_entry(actor, verb, thing, None, facts) for thing, facts in lines]
    AuditEntry.objects.bulk_create(entries)


def _entry(
    actor: Actor | None, verb: str, thing: Model, scope: UUID | None, facts: Mapping[str, Fact]
) -> "AuditEntry":
    from madang.core.models import AuditEntry

    if verb not in _verbs:
        raise KeyError(f"The audit verb {verb} is not declared: see core.audit.register_verbs.")
    return AuditEntry(
        actor_id=actor.audit_id if actor is not None else None,
        verb=verb,
        thing_model=thing._meta.label_lower,
        thing_id=thing.pk,
        scope_id=scope if scope is not None else getattr(thing, "edition_id", None),
        facts=plain(facts),
    )


def trail(
    who: Who, *, thing: Model | None = None, scope: UUID | None = None, limit: int = 50
) -> "list[Line]":
    """The newest lines of a thing's history, or of an edition's, as `who` may read them.

    Whether `who` may read that history at all is for the caller's rule to say.
    """
    from madang.core.models import AuditEntry

    entries = AuditEntry.objects.filter(at__lte=clock.now())
    if thing is not None:
        entries = entries.filter(thing_model=thing._meta.label_lower, thing_id=thing.pk)
    if scope is not None:
        entries = entries.filter(scope_id=scope)
    return in_words(entries[:limit], who)


@dataclass(frozen=True)
class Line:
    """An entry in words. `words` is plain text, `html` the same with the thing as a link."""

    entry: "AuditEntry"
    actor: str
    words: str
    html: SafeString


def in_words(entries: "Iterable[AuditEntry]", who: Who) -> list[Line]:
    """Entries with the names of people and things that `who` may see; one query for each model."""
    entries = list(entries)
    things = {links.Reference(entry.thing_model, entry.thing_id) for entry in entries}
    acted = {entry.actor_id for entry in entries if entry.actor_id is not None}
    found = links.resolve(things | {links.account(actor_id) for actor_id in acted}, who)
    # Few act without an account: only for these is asked further.
    rest = [actor_id for actor_id in acted if links.account(actor_id) not in found]
    others = {reference for actor_id in rest for reference in links.actors(actor_id)}
    found |= links.resolve(others - found.keys(), who)
    return [_line(entry, found) for entry in entries]


def _line(entry: "AuditEntry", found: "Mapping[links.Reference, links.Link]") -> Line:
    actor = _("Madang")
    if entry.actor_id is not None:
        named = (found[it].title for it in links.actors(entry.actor_id) if it in found)
        actor = next(named, _("someone"))
    thing = found.get(links.Reference(entry.thing_model, entry.thing_id))
    kind = links.kind_of(entry.thing_model)
    title = thing.title if thing else _("%(kind)s (not shown)") % {"kind": kind}
    facts = {name: _readable(entry, name, fact) for name, fact in entry.facts.items()}
    text = str(sentence(entry.verb))
    shown = format_html('<a href="{}">{}</a>', thing.url, title) if thing and thing.url else title
    safe = {name: conditional_escape(fact) for name, fact in {**facts, "thing": shown}.items()}
    return Line(
        entry=entry,
        actor=actor,
        words=text % _Facts({**facts, "thing": title}),
        # The sentence is the translators', what is put into it is escaped.
        html=mark_safe(conditional_escape(text) % _Facts(safe)),  # noqa: S308
    )


class _Facts(dict[str, str]):
    """Facts for a sentence; one that an older release did not record is left open."""

    def __missing__(self, _name: str) -> str:
        return "…"


def _readable(entry: "AuditEntry", name: str, fact: Any) -> str:
    if isinstance(fact, list):
        return locales.listed(_readable(entry, name, item) for item in fact)
    if isinstance(fact, int) and not isinstance(fact, bool):
        return locales.number(fact)
    if name == "fields":
        return _field_name(entry.thing_model, str(fact))
    return str(_words.get(name, {}).get(str(fact), fact))


def _field_name(model: str, field: str) -> str:
    try:
        described = apps.get_model(model)._meta.get_field(field)
    except (LookupError, FieldDoesNotExist):
        return field
    return str(getattr(described, "verbose_name", field))


def plain(facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Facts as they are stored. Raises `ValueError` for one that could carry a personal value."""
    return {name: _plain(name, fact) for name, fact in facts.items() if fact is not None}


def _plain(name: str, fact: Any) -> Any:
    if isinstance(fact, bool | int):
        return fact
    if isinstance(fact, Decimal | UUID):
        return str(fact)
    if isinstance(fact, date | datetime):
        return fact.isoformat()
    if isinstance(fact, str):
        if CODE.fullmatch(fact) and "@" not in fact:
            return fact
        raise ValueError(f"The audit fact {name} may be a code, not free text.")
    return [_plain(name, item) for item in fact]
