"""Sessions: adding, changing and removing them, and who has a part.

`placing` sets times and rooms alone, and says here too where a session can stand.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit
from madang.core.models import StaleRecordError
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import placing, records
from madang.workshops.models import Edition, Participation, ProgrammeVersion, Session, SessionPerson

# Who has a part, in order: a participation of the edition and a `SessionPerson.Role`.
Parts = Sequence[tuple[Participation, str]]


@transaction.atomic
def add_session(
    edition: Edition, values: Mapping[str, Any], parts: Parts = (), *, actor: audit.Actor | None
) -> Session:
    """Add a session to the draft, placed or not; `RefusedError` for a place that is none."""
    session = Session(edition=edition, **values)
    placing.check(edition.pk, placing.Place.of(session))
    records.add(session, "session.added", actor=actor)
    _set_parts(session, parts)
    return session


@transaction.atomic
def change_session(
    session: Session,
    values: Mapping[str, Any],
    parts: Parts,
    *,
    expected_version: int,
    actor: audit.Actor | None,
) -> None:
    """Change a session and who has a part in it, as one thing with one version.

    Raises `StaleRecordError` where the row no longer has the version that the person saw, and
    `RefusedError` for a place in the timetable that is none.
    """
    stored = Session.objects.select_for_update().get(pk=session.pk)
    changed = [name for name, value in values.items() if getattr(stored, name) != value]
    wanted = [(participation.pk, role) for participation, role in parts]
    if wanted != _parts_of(stored):
        changed.append("people")
    if not changed:
        return
    if stored.version != expected_version:
        raise StaleRecordError(f"Session {stored.pk} was saved by somebody else.")
    for name, value in values.items():
        setattr(stored, name, value)
    placing.check(stored.edition_id, placing.Place.of(stored))
    stored.save()
    if "people" in changed:
        _set_parts(stored, parts)
    audit.record(actor, "session.changed", stored, fields=changed)


def _parts_of(session: Session) -> list[tuple[UUID, str]]:
    return list(session.people.order_by("order", "id").values_list("participation_id", "role"))


def _set_parts(session: Session, parts: Parts) -> None:
    """Keep the rows that stay, so that nothing that refers to them is lost."""
    stored = {(part.participation_id, part.role): part for part in session.people.all()}
    for order, (participation, role) in enumerate(parts):
        part = stored.pop((participation.pk, role), None)
        if part is None:
            SessionPerson.objects.create(
                session=session, participation=participation, role=role, order=order
            )
        elif part.order != order:
            part.order = order
            part.save(update_fields=["order"])
    for part in stored.values():
        part.delete()


def was_published(session: Session) -> bool:
    """Whether any published version of the programme has this session."""
    wanted = str(session.pk)
    versions = ProgrammeVersion.objects.filter(edition=session.edition_id)
    return any(
        entry["id"] == wanted
        for content in versions.values_list("content", flat=True).iterator()
        for entry in content["sessions"]
    )


@transaction.atomic
def remove_session(session: Session, *, actor: audit.Actor | None) -> None:
    """Delete a session that nobody outside has seen; `RefusedError` once it was published."""
    Edition.objects.select_for_update().get(pk=session.edition_id)
    if was_published(session):
        raise RefusedError(
            _("It has been published: cancel it instead, so that people see what became of it.")
        )
    records.remove(session, "session.removed", actor=actor)
