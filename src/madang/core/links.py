"""What can be named, linked and shown from elsewhere.

Apps do not import their neighbours; they register what may be linked: how it is titled, where its
page is, and who may see it. The audit trail, mails and pages of other apps then name a thing by its
reference (model and id) alone, and get words and an address back if the reader may see it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from madang.core.policies import Rule, Who


@dataclass(frozen=True)
class Reference:
    """A thing by model label (`"workshops.session"`) and id."""

    model: str
    id: UUID

    @classmethod
    def to(cls, thing: Model) -> "Reference":
        return cls(thing._meta.label_lower, thing.pk)


@dataclass(frozen=True)
class Link:
    """What a reader sees of a reference. `url` is empty where the thing has no page of its own."""

    title: str
    url: str


@dataclass(frozen=True)
class Linkable:
    """How the things of one model are shown elsewhere."""

    kind: str | Promise
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    rule: Rule[Any]
    queryset: Callable[[], QuerySet[Any]]


_linkables: dict[str, Linkable] = {}


def register(
    model: type[Model],
    *,
    kind: str | Promise,
    title: Callable[[Any], str],
    rule: Rule[Any],
    url: Callable[[Any], str] = lambda _thing: "",
    queryset: Callable[[], QuerySet[Any]] | None = None,
) -> None:
    """Let things of `model` be named elsewhere. Called from the app's `ready()`."""
    manager = model._default_manager
    _linkables[model._meta.label_lower] = Linkable(kind, title, url, rule, queryset or manager.all)


def resolve(references: Iterable[Reference], who: Who) -> dict[Reference, Link]:
    """Titles and addresses of those things that `who` may see; one query for each model."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for reference in references:
        wanted[reference.model].add(reference.id)
    found: dict[Reference, Link] = {}
    for model, ids in wanted.items():
        linkable = _linkables.get(model)
        if linkable is None:
            continue
        for thing in linkable.rule.visible(who, linkable.queryset()).filter(pk__in=ids):
            found[Reference(model, thing.pk)] = Link(linkable.title(thing), linkable.url(thing))
    return found


def kind_of(model: str) -> str:
    """The plain word for things of a model, such as “session”."""
    linkable = _linkables.get(model)
    return str(linkable.kind if linkable else apps.get_model(model)._meta.verbose_name)
