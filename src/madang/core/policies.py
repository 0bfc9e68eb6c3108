"""Who may: one rule object answers both "may this person?" and "which rows may this person?".

A `Rule` pairs a test in Python (`can`) with the same test as a filter of the database (`visible`).
Rules are built from the primitives below and combined with `&`, `|` and `~`, which combine both
halves, so that they cannot drift apart. Each app keeps its rules in `rules.py`; no other module
decides who may do what. `tests/rules.py` holds the two halves of a rule against each other.

Paths are written like Django's (`"session__edition_id"`) and follow foreign keys forward only, so a
filter never multiplies rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import Http404

M = TypeVar("M", bound=Model)


class Everywhere:
    """The scope of a role that holds for the whole installation: it contains everything."""

    def __contains__(self, scope: object) -> bool:
        return True

    def __bool__(self) -> bool:
        return True


EVERYWHERE = Everywhere()
Scopes = Everywhere | frozenset[UUID]


class Who(Protocol):
    """Whoever asks: an account, or the anonymous visitor."""

    @property
    def is_authenticated(self) -> bool: ...

    @property
    def person_id(self) -> UUID | None: ...

    # The account's id; asked only of those who are signed in.
    @property
    def audit_id(self) -> UUID: ...

    def scopes(self, *kinds: str) -> Scopes:
        """Where any of these kinds of role is held now: ids of editions, countries, institutes."""


@dataclass(frozen=True)
class Rule(Generic[M]):
    """A rule on things of one model. `allows` and `where` must say the same."""

    allows: Callable[[Who, Any], bool]
    where: Callable[[Who], Q]

    def can(self, who: Who, thing: M) -> bool:
        """Whether `who` may, for this thing."""
        return self.allows(who, thing)

    def visible(self, who: Who, things: QuerySet[M]) -> QuerySet[M]:
        """Those of `things` for which `who` may."""
        return things.filter(self.where(who))

    def get_or_404(self, who: Who, things: QuerySet[M], **lookup: Any) -> M:
        """The one thing that matches; what may not be seen is as absent as what does not exist.

        One query either way, so that the answer's time tells nothing.
        """
        found = self.visible(who, things).filter(**lookup).first()
        if found is None:
            raise Http404
        return found

    def __and__(self, other: "Rule[M]") -> "Rule[M]":
        return Rule(
            lambda who, thing: self.allows(who, thing) and other.allows(who, thing),
            lambda who: self.where(who) & other.where(who),
        )

    def __or__(self, other: "Rule[M]") -> "Rule[M]":
        return Rule(
            lambda who, thing: self.allows(who, thing) or other.allows(who, thing),
            lambda who: self.where(who) | other.where(who),
        )

    def __invert__(self) -> "Rule[M]":
        return Rule(lambda who, thing: not self.allows(who, thing), lambda who: ~self.where(who))


# An empty Q is neutral to both & and |, so true and false have to be said.
def _all() -> Q:
    return Q(pk__isnull=False)


def _none() -> Q:
    return Q(pk__in=())


def _always(answer: Callable[[Who], bool]) -> Rule[Any]:
    """A rule that looks at the person only, not at the thing."""
    return Rule(lambda who, _thing: answer(who), lambda who: _all() if answer(who) else _none())


def everyone() -> Rule[Any]:
    """Whoever asks, signed in or not."""
    return _always(lambda _who: True)


def nobody() -> Rule[Any]:
    """Not even the secretariat."""
    return _always(lambda _who: False)


def signed_in() -> Rule[Any]:
    """Anyone with an account."""
    return _always(lambda who: who.is_authenticated)


def role(*kinds: str, at: str | None = None) -> Rule[Any]:
    """Holders of one of these kinds of role, where the thing's `at` is in the role's scope.

    Without `at`, holding the role anywhere is enough. `at=` names the path to the scope's id, for
    example `"edition_id"`; a role for the whole installation fits every scope.
    """
    if at is None:
        return _always(lambda who: bool(who.scopes(*kinds)))
    path = at

    def allows(who: Who, thing: Model) -> bool:
        return follow(thing, path) in who.scopes(*kinds)

    def where(who: Who) -> Q:
        scopes = who.scopes(*kinds)
        if isinstance(scopes, Everywhere):
            return _all()
        return Q(**{f"{path}__in": scopes}) if scopes else _none()

    return Rule(allows, where)


def role_everywhere(*kinds: str) -> Rule[Any]:
    """Holders of one of these kinds of role for the whole installation."""
    return _always(lambda who: isinstance(who.scopes(*kinds), Everywhere))


def own(path: str) -> Rule[Any]:
    """The thing belongs to the person who asks: `path` leads to a person's id."""

    def allows(who: Who, thing: Model) -> bool:
        return who.person_id is not None and follow(thing, path) == who.person_id

    def where(who: Who) -> Q:
        return Q(**{path: who.person_id}) if who.person_id is not None else _none()

    return Rule(allows, where)


def acting(path: str) -> Rule[Any]:
    """The thing names the account that asks: `path` leads to an account's id."""

    def allows(who: Who, thing: Model) -> bool:
        return who.is_authenticated and follow(thing, path) == who.audit_id

    def where(who: Who) -> Q:
        return Q(**{path: who.audit_id}) if who.is_authenticated else _none()

    return Rule(allows, where)


def has(path: str, *values: Any) -> Rule[Any]:
    """The thing's own value at `path` is one of `values`, whoever asks."""
    return Rule(
        lambda _who, thing: follow(thing, path) in values,
        lambda _who: Q(**{f"{path}__in": values}),
    )


def follow(thing: Any, path: str) -> Any:
    """The value at a path of forward foreign keys; None where a link of the path is empty."""
    for name in path.split("__"):
        if thing is None:
            return None
        thing = getattr(thing, name)
    return thing
