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
from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from madang.core import texts
from madang.core.policies import Rule, Who
from madang.core.texts import Translated


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
    stands_for: Callable[[Any], Reference] | None = None


_linkables: dict[str, Linkable] = {}
_actors: list[str] = []


def register(
    model: type[Model],
    *,
    kind: str | Promise,
    title: Callable[[Any], str],
    rule: Rule[Any],
    url: Callable[[Any], str] = lambda _thing: "",
    queryset: Callable[[], QuerySet[Any]] | None = None,
    stands_for: Callable[[Any], Reference] | None = None,
) -> None:
    """Let things of `model` be named elsewhere. Called from the app's `ready()`.

    Something that `stands_for` another, as an approval does for what it approves, goes by the other
    one's title where the reader may see that.
    """
    _linkables[model._meta.label_lower] = Linkable(
        kind, title, url, rule, queryset or model._default_manager.all, stands_for
    )


def resolve(references: Iterable[Reference], who: Who) -> dict[Reference, Link]:
    """Titles and addresses of those things that `who` may see; one query for each model."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for reference in references:
        wanted[reference.model].add(reference.id)
    found: dict[Reference, Link] = {}
    others: dict[Reference, Reference] = {}
    for model, ids in wanted.items():
        linkable = _linkables.get(model)
        if linkable is None:
            continue
        visible = linkable.rule.visible(who, linkable.queryset())
        for thing in _with_translations(visible.filter(pk__in=ids)):
            reference = Reference(model, thing.pk)
            found[reference] = Link(linkable.title(thing), linkable.url(thing))
            if linkable.stands_for is not None:
                others[reference] = linkable.stands_for(thing)
    titles = resolve(set(others.values()), who) if others else {}
    for reference, other in others.items():
        if other in titles:
            found[reference] = Link(titles[other].title, found[reference].url)
    return found


def choices(model: str, who: Who) -> list[tuple[UUID, str]]:
    """Every thing of a model that `who` may see, by title: for a form that chooses one.

    `KeyError` for a model that nobody registered.
    """
    linkable = _linkables[model]
    things = _with_translations(linkable.rule.visible(who, linkable.queryset()))
    titles = [(thing.pk, str(linkable.title(thing))) for thing in things]
    return sorted(titles, key=lambda choice: choice[1].casefold())


def _with_translations(things: QuerySet[Any]) -> list[Any]:
    rows = list(things)
    if issubclass(things.model, Translated):
        texts.prefetch(rows)
    return rows


def kind_of(model: str) -> str:
    """The plain word for things of a model, such as “session”."""
    linkable = _linkables.get(model)
    return str(linkable.kind if linkable else apps.get_model(model)._meta.verbose_name)


def kinds() -> dict[str, str]:
    """The plain word for each model whose things can be named, sorted by it."""
    return dict(sorted(((model, kind_of(model)) for model in _linkables), key=lambda pair: pair[1]))


def account(account_id: UUID) -> Reference:
    """The reference to an account, which core knows by its id alone."""
    return Reference(settings.AUTH_USER_MODEL.lower(), account_id)


def register_actor(model: type[Model]) -> None:
    """Let things of `model`, beside accounts, be named as whoever did something."""
    _actors.append(model._meta.label_lower)


def actors(actor_id: UUID) -> list[Reference]:
    """What an actor's id may refer to: an account, or somebody who acted without one."""
    return [account(actor_id), *(Reference(model, actor_id) for model in _actors)]
