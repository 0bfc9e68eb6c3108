"""The audit trail: who changed what, when – append-only, in words, and never a personal value.

An entry holds references and facts. Facts are numbers, dates, codes and names of fields: something
that a person typed is refused (`record` raises), so that erasing a person leaves nothing behind
here. The words come from the verb's sentence and from `core.links` when the trail is read.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.db.models import Model
from django.utils.functional import Promise

if TYPE_CHECKING:
    from madang.core.models import AuditEntry

# `datetime` is a `date`, `bool` an `int`.
Fact = int | Decimal | date | UUID | str | Sequence[str] | None

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/+-]{0,63}")


class Actor(Protocol):
    """Whoever acts: an account. `None` stands for Madang itself (a nightly task, the shell)."""

    @property
    def audit_id(self) -> UUID: ...


_verbs: dict[str, str | Promise] = {}


def register_verbs(verbs: dict[str, str | Promise]) -> None:
    """Declare verbs with their sentences.

    A sentence may name `%(thing)s` and the facts: `_("published version %(number)s of %(thing)s")`.
    The actor is put before it by the page that shows it.
    """
    for verb, sentence in verbs.items():
        if _verbs.setdefault(verb, sentence) != sentence:
            raise ValueError(f"The audit verb {verb} is declared twice.")


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
    from madang.core.models import AuditEntry

    if verb not in _verbs:
        raise KeyError(f"The audit verb {verb} is not declared: see core.audit.register_verbs.")
    return AuditEntry.objects.create(
        actor_id=actor.audit_id if actor is not None else None,
        verb=verb,
        thing_model=thing._meta.label_lower,
        thing_id=thing.pk,
        scope_id=scope if scope is not None else getattr(thing, "edition_id", None),
        facts={name: _plain(name, fact) for name, fact in facts.items() if fact is not None},
    )


def changed_fields(before: Model, after: Model, names: Sequence[str]) -> list[str]:
    """Which of the named fields differ between two copies of a row: a fact for an entry."""
    return [name for name in names if getattr(before, name) != getattr(after, name)]


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
