"""Roles in words: what kind, and for which edition, country or institute."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from madang.core import clock, links
from madang.core.links import Reference
from madang.core.policies import Who
from madang.people import roles
from madang.people.models import Role


@dataclass(frozen=True)
class NamedRole:
    """A role as a page shows it. `scope` is empty where it holds for everything."""

    role: Role
    label: str | Promise
    scope: str
    state: str
    starts_at: datetime
    ends_at: datetime | None

    @property
    def in_words(self) -> str:
        """Such as “focal point: Fiji”."""
        return f"{self.label}: {self.scope}" if self.scope else str(self.label)


def named(held: Iterable[Role], who: Who) -> list[NamedRole]:
    """Roles in words for `who`; one query for each model that they are scoped to."""
    held = list(held)
    references = {Reference(role.scope_model, role.scope_id) for role in held if role.scope_id}
    titles = links.resolve(references, who)
    return [_named(role, titles) for role in held]


def label_of(kind: str) -> str | Promise:
    """The word for a kind of role; the code itself where no app has it any more."""
    try:
        return roles.kind(kind).label
    except KeyError:
        return kind


def _named(role: Role, titles: dict[Reference, links.Link]) -> NamedRole:
    scope = ""
    if role.scope_id is not None:
        link = titles.get(Reference(role.scope_model, role.scope_id))
        # What the reader may not see, or what was removed, is named by its kind alone.
        scope = link.title if link else links.kind_of(role.scope_model)
    return NamedRole(
        role,
        label_of(role.kind),
        scope,
        _state(role),
        role.starts_at,
        role.ends_at,
    )


def _state(role: Role) -> str:
    """`held`, `coming` or `ended`; a delegated role ends with the one that it comes from."""
    now = clock.now()
    if role.is_in_force(now):
        return "held"
    return "coming" if role.starts_at > now and (role.ends_at or now) > role.starts_at else "ended"
