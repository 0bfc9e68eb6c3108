"""What can be cited as a source or as something that belongs to it, across apps.

A citation is a reference (`core.links.Reference`), so that whoever cites need not know what. Apps
say which of their things can be cited for which purpose, and which of these belong to an edition::

    citations.register("result", Session, lambda edition_id: Session.objects.filter(edition=…))

How a thing is titled, and who may see it, is what it told `core.links`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from madang.core import links
from madang.core.links import Reference
from madang.core.models import as_uuid
from madang.core.policies import Who

Things = Callable[[UUID], QuerySet[Any]]


@dataclass(frozen=True)
class Group:
    """Things of one kind to choose from: their keys (`as_key`) and titles."""

    kind: str
    choices: list[tuple[str, str]]


_citable: dict[str, dict[str, Things]] = {}


def register(purpose: str, model: type[Model], things: Things) -> None:
    """Let things of `model` be cited for a purpose; called from an app's `ready()`.

    `things(edition_id)` are those that belong to an edition; the model is known to `core.links`.
    """
    _citable.setdefault(purpose, {})[model._meta.label_lower] = things


def as_key(reference: Reference) -> str:
    """A reference as the value of a form."""
    return f"{reference.model}:{reference.id}"


def choices(purpose: str, edition_id: UUID, who: Who) -> list[Group]:
    """What `who` may see and cite for a purpose in an edition: two or three queries a kind."""
    groups = []
    for model, things in _citable.get(purpose, {}).items():
        keys = things(edition_id).order_by().values_list("pk", flat=True)
        found = links.resolve((Reference(model, key) for key in keys), who)
        titles = [(as_key(reference), link.title) for reference, link in found.items()]
        if titles:
            titles.sort(key=lambda choice: choice[1].casefold())
            groups.append(Group(links.kind_of(model), titles))
    return groups


def chosen(purpose: str, keys: Iterable[str]) -> list[Reference]:
    """The references of a form's values; what is no value of this purpose is left out."""
    found = []
    for key in keys:
        model, _colon, written = key.partition(":")
        thing_id = as_uuid(written)
        if model in _citable.get(purpose, {}) and thing_id is not None:
            found.append(Reference(model, thing_id))
    return list(dict.fromkeys(found))
