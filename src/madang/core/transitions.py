"""States change only through transitions, and each is declared once.

A model with a state field declares its machine beside it::

    class Edition(Record):
        state = models.CharField(choices=State)
        announce = Transition("state", sources=[State.DRAFT], target=State.ANNOUNCED,
                              label=_("Announce"), guard=has_dates, audit="edition.announced")

and an action performs it, inside its transaction::

    edition.announce(actor=officer)

A transition locks the row, checks that the state stored in the database is one of the sources, asks
the guard about the row as it is stored, writes the state, and writes one audit line in the same
transaction. What a page may offer comes from `available(thing)`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from madang.core import audit, clock

Text = str | Promise

_ROWS_A_QUERY = 500


class TransitionRefusedError(Exception):
    """A change of state that is not possible now; its text tells the person why."""


# A guard answers None when the change may happen, or the sentence that says why it may not.
Guard = Callable[[Any], Text | None]


class Transition:
    """A declared change of one state field. Called on an instance, it performs the change."""

    def __init__(
        self,
        field: str,
        *,
        sources: Iterable[str],
        target: str,
        label: Text,
        audit: str,
        guard: Guard | None = None,
    ) -> None:
        self.field = field
        self.sources = frozenset(str(source) for source in sources)
        self.target = str(target)
        self.label = label
        self.audit_verb = audit
        self.guard = guard
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, thing: models.Model | None, owner: type) -> Any:
        return self if thing is None else BoundTransition(self, thing)

    def together(
        self,
        things: models.QuerySet[Any] | Sequence[Any],
        *,
        actor: Any,
        fields: Callable[[Any], Mapping[str, Any]] | None = None,
        facts: Callable[[Any], Mapping[str, audit.Fact]] | None = None,
    ) -> dict[UUID, str]:
        """Perform the change for many rows in few queries; returns why it was refused, by key.

        The rows have what the guard reads prefetched; a list holds rows that the caller made in
        this transaction, which nobody else can have changed. `fields` and `facts` are asked for
        each row: further plain columns that change with the state, and what its audit line states.
        """
        refused: dict[UUID, str] = {}
        # Rows that get the same values are written together, whatever these are.
        alike: dict[str, tuple[dict[str, Any], list[Any]]] = {}
        lines: list[tuple[Any, Mapping[str, audit.Fact]]] = []
        with transaction.atomic():
            if isinstance(things, models.QuerySet):
                things = list(things.select_for_update(of=("self",)))
            for thing in things:
                refusal = BoundTransition(self, thing).refusal()
                if refusal is not None:
                    refused[thing.pk] = str(refusal)
                    continue
                further = fields(thing) if fields is not None else {}
                values = {**further, self.field: self.target}
                alike.setdefault(repr(values), (values, []))[1].append(thing.pk)
                lines.append((thing, facts(thing) if facts is not None else {}))
            for values, keys in alike.values():
                for start in range(0, len(keys), _ROWS_A_QUERY):
                    model = type(lines[0][0])
                    rows = model._base_manager.filter(pk__in=keys[start : start + _ROWS_A_QUERY])
                    rows.update(**values, version=models.F("version") + 1, changed_at=clock.now())
            audit.record_many(actor, self.audit_verb, lines)
        return refused


class BoundTransition:
    """A transition of one thing: call it to perform it, or ask why it is refused."""

    def __init__(self, transition: Transition, thing: Any) -> None:
        self.transition = transition
        self.thing = thing

    @property
    def label(self) -> Text:
        return self.transition.label

    @property
    def name(self) -> str:
        return self.transition.name

    def refusal(self) -> Text | None:
        """Why the change can't happen now, as a sentence for the person; None when it can."""
        declared = self.transition
        state = getattr(self.thing, declared.field)
        if state not in declared.sources:
            shown = self.thing._meta.get_field(declared.field)
            label = dict(shown.flatchoices).get(state, state)
            return _("This is not possible any more: it is now “%(state)s”.") % {"state": label}
        return declared.guard(self.thing) if declared.guard else None

    def __call__(
        self,
        *,
        actor: Any,
        scope: UUID | None = None,
        fields: Mapping[str, Any] | None = None,
        **facts: audit.Fact,
    ) -> None:
        """Perform the change; `scope` and `facts` go into the audit line.

        `fields` are further values of the row that change together with the state. Raises
        `TransitionRefusedError`, with the reason, and writes nothing then.
        """
        declared = self.transition
        with transaction.atomic():
            manager: models.Manager[Any] = type(self.thing)._base_manager
            stored = manager.select_for_update(of=("self",)).get(pk=self.thing.pk)
            setattr(self.thing, declared.field, getattr(stored, declared.field))
            refusal = BoundTransition(declared, stored).refusal()
            if refusal is not None:
                raise TransitionRefusedError(str(refusal))
            self.thing.version = stored.version
            changes = {**(fields or {}), declared.field: declared.target}
            for name, value in changes.items():
                setattr(self.thing, name, value)
            self.thing.save(update_fields=list(changes))
            audit.record(actor, declared.audit_verb, self.thing, scope=scope, **facts)


def declared(model: type[models.Model]) -> list[Transition]:
    """Every transition that a model declares, in the order of their declaration."""
    found: dict[str, Transition] = {}
    for parent in reversed(model.__mro__):
        found |= {name: it for name, it in vars(parent).items() if isinstance(it, Transition)}
    return list(found.values())


def available(thing: models.Model) -> list[BoundTransition]:
    """The transitions that are possible for a thing now."""
    bound = [BoundTransition(transition, thing) for transition in declared(type(thing))]
    return [transition for transition in bound if transition.refusal() is None]
