"""Run an edition again: a new one that takes over the parts which were chosen.

Each part is a small cloner that declares what it is called and what it can make use of when that is
taken over as well (sessions keep their module only where modules come along). All of it happens in
one transaction; rows are copied in bulk. Apps above this one register their parts.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madang.core import audit
from madang.core.models import Record, Translation
from madang.workshops.actions import editions, recommendations, standing
from madang.workshops.models import (
    Edition,
    EditionPartner,
    Material,
    MaterialVersion,
    Module,
    Participation,
    Room,
    Session,
    SessionPerson,
    Site,
    SiteTravel,
)

R = TypeVar("R", bound=Record)

# What every row has of its own.
OWN_FIELDS = frozenset({"id", "node", "version", "created_at", "changed_at"})


@dataclass
class Copying:
    """An edition being repeated, and the copies made so far by the id of what they copy."""

    source: Edition
    target: Edition
    actor: audit.Actor | None
    copies: dict[UUID, UUID] = field(default_factory=dict)

    def copy_of(self, original: UUID | None) -> UUID | None:
        """The id of the copy; None where there is no original, or it was left behind."""
        return self.copies.get(original) if original else None

    def moment(self, original: datetime | None) -> datetime | None:
        """The same day of the week's course and the same time on the clock, in the new week."""
        if original is None:
            return None
        local = original.astimezone(self.source.zone)
        day = self.target.starts_on + (local.date() - self.source.starts_on)
        return self.target.moment(day, local.time())

    def copy(self, things: Collection[R], change: Callable[[R], Mapping[str, Any]]) -> list[R]:
        """Copies of rows of one model with their translations; `change` gives what differs."""
        made = []
        for thing in things:
            values = {
                column.attname: getattr(thing, column.attname)
                for column in thing._meta.concrete_fields
                if column.name not in OWN_FIELDS
            }
            copy = type(thing)(**values | dict(change(thing)), version=1)
            self.copies[thing.pk] = copy.pk
            made.append(copy)
        if made:
            type(made[0])._base_manager.bulk_create(made)
            self.copy_translations(things)
        return made

    def copy_translations(self, things: Collection[R]) -> None:
        originals = Translation.objects.filter(object_id__in=[thing.pk for thing in things])
        Translation.objects.bulk_create(
            Translation(
                model=original.model,
                object_id=self.copies[original.object_id],
                field=original.field,
                language=original.language,
                text=original.text,
                state=original.state,
                source_hash=original.source_hash,
                version=1,
            )
            for original in originals
        )


@dataclass(frozen=True)
class Part:
    """A part that can be taken over; `helped_by` names parts that make it more complete."""

    name: str
    label: str | Promise
    hint: str | Promise
    clone: Callable[[Copying], None]
    helped_by: tuple[str, ...] = ()


def _modules(copying: Copying) -> None:
    copying.copy(
        Module.objects.filter(edition=copying.source),
        lambda _module: {"edition_id": copying.target.pk},
    )


def _places(copying: Copying) -> None:
    sites = Site.objects.filter(edition=copying.source)
    copying.copy(sites, lambda _site: {"edition_id": copying.target.pk})
    copying.copy(
        Room.objects.filter(site__in=sites),
        lambda room: {"site_id": copying.copies[room.site_id]},
    )

    def ends(travel: SiteTravel) -> Mapping[str, Any]:
        first, second = sorted((copying.copies[travel.first_id], copying.copies[travel.second_id]))
        return {"first_id": first, "second_id": second}

    copying.copy(SiteTravel.objects.filter(first__in=sites), ends)


def _partners(copying: Copying) -> None:
    copying.copy(
        EditionPartner.objects.filter(edition=copying.source),
        lambda _partner: {"edition_id": copying.target.pk},
    )


def _resource_persons(copying: Copying) -> None:
    copies = copying.copy(
        Participation.objects.filter(
            edition=copying.source,
            kind=Participation.Kind.RESOURCE_PERSON,
            state=Participation.State.EXPECTED,
        ),
        lambda _participation: {"edition_id": copying.target.pk},
    )
    standing.settle(copies, actor=copying.actor)


def _sessions(copying: Copying) -> None:
    sessions = Session.objects.filter(edition=copying.source, state=Session.State.PLANNED)
    copying.copy(
        sessions,
        lambda session: {
            "edition_id": copying.target.pk,
            "module_id": copying.copy_of(session.module_id),
            "room_id": copying.copy_of(session.room_id),
            "starts_at": copying.moment(session.starts_at),
            "sign_up_until": copying.moment(session.sign_up_until),
        },
    )
    people = SessionPerson.objects.filter(session__in=sessions)
    copying.copy(
        [part for part in people if copying.copy_of(part.participation_id)],
        lambda part: {
            "session_id": copying.copies[part.session_id],
            "participation_id": copying.copies[part.participation_id],
        },
    )


def _materials(copying: Copying) -> None:
    """The newest version of each material; one of a session that was left behind stays there."""
    offered = Material.objects.filter(edition=copying.source, is_withdrawn=False)
    materials = [
        material
        for material in offered
        if material.session_id is None or copying.copy_of(material.session_id)
    ]
    copying.copy(
        materials,
        lambda material: {
            "edition_id": copying.target.pk,
            "session_id": copying.copy_of(material.session_id),
        },
    )
    newest: dict[UUID, MaterialVersion] = {}
    versions = MaterialVersion.objects.filter(material__in=materials).select_related("file")
    for version in versions.order_by("number"):
        newest[version.material_id] = version
    # The content is stored once; each owner has a row of its own, by which access is decided.
    copying.copy(
        [version.file for version in newest.values()],
        lambda stored: _owned_by(copying.copies[stored.owner_id]),
    )
    copying.copy(
        list(newest.values()),
        lambda version: {
            "material_id": copying.copies[version.material_id],
            "file_id": copying.copies[version.file_id],
            "number": 1,
            "note": "",
        },
    )


def _owned_by(material: UUID) -> Mapping[str, Any]:
    return {"owner_model": Material._meta.label_lower, "owner_id": material}


def _recommendations(copying: Copying) -> None:
    recommendations.open_answers(copying.target, copying.source)


# In the order in which they are cloned: what others refer to comes first.
PARTS = [
    Part("modules", _("Modules"), _("with their descriptions"), _modules),
    Part("places", _("Places"), _("with rooms and travel times"), _places),
    Part("partners", _("Partners"), _("organisers, partners and supporters"), _partners),
    Part(
        "resource_persons",
        _("Resource persons"),
        _("those who are expected, with the same organisation"),
        _resource_persons,
    ),
    Part(
        "sessions",
        _("Sessions"),
        _("on the same day of the week's course, at the same time; cancelled ones stay behind"),
        _sessions,
        helped_by=("modules", "places", "resource_persons"),
    ),
    Part(
        "materials",
        _("Materials"),
        _("the newest version of each"),
        _materials,
        helped_by=("sessions",),
    ),
    Part(
        "recommendations",
        _("Recommendations"),
        _("to be answered in the new edition, one by one"),
        _recommendations,
    ),
]


def register(*parts: Part) -> None:
    """Add parts, cloned after those that are there; called from an app's `ready()`."""
    PARTS.extend(parts)


@transaction.atomic
def repeat_edition(
    source: Edition,
    values: Mapping[str, Any],
    parts: Collection[str],
    *,
    actor: audit.Actor | None,
) -> Edition:
    """Plan a new edition in the same series with `parts` (names of `PARTS`) of `source`."""
    target = editions.add_edition(source.series, values, actor=actor)
    copying = Copying(source, target, actor)
    _keep_translations(copying)
    for part in PARTS:
        if part.name in parts:
            part.clone(copying)
    audit.record(actor, "edition.repeated", target, scope=target.pk, parts=sorted(parts))
    return target


def _keep_translations(copying: Copying) -> None:
    """Translations of the edition's own texts; those of changed texts show as out of date."""
    copying.copies[copying.source.pk] = copying.target.pk
    if copying.source.language == copying.target.language:
        copying.copy_translations([copying.source])
