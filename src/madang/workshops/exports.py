"""The published programme as a table: for spreadsheets and scripts of a secretariat."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from madang.core import locales
from madang.core.exports import Column, Table, Value
from madang.workshops.models import Session
from madang.workshops.programme.entries import Programme
from madang.workshops.queries import public_people


def programme(published: Programme) -> Table:
    """A row for each session, times in the zone of the edition (one query)."""
    names = public_people.names(published.participation_ids)

    def rows() -> Iterator[tuple[Value, ...]]:
        for entry in published.sessions:
            module = published.module_by_id.get(entry.module_id)
            room = published.room_by_id.get(entry.room_id)
            people = dict.fromkeys(part.participation_id for part in entry.people)
            yield (
                entry.starts_at.date(),
                entry.starts_at.time(),
                entry.ends_at.time(),
                entry.title.wording(),
                Session.Kind(entry.kind).label,
                module.number if module else None,
                module.title.wording() if module else "",
                room.name.wording() if room else "",
                room.site.wording() if room else "",
                locales.listed(names[who] for who in people if who in names),
                Session.Audience(entry.audience).label,
                entry.places,
                _("cancelled") if entry.is_cancelled else "",
            )

    return Table(
        columns=(
            Column("day", _("Day")),
            Column("start", _("Start")),
            Column("end", _("End")),
            Column("title", _("Title")),
            Column("kind", _("Kind")),
            Column("module", _("Module")),
            Column("module_title", _("Title of the module")),
            Column("room", _("Room")),
            Column("site", _("Place")),
            Column("people", _("People")),
            Column("audience", _("For whom")),
            Column("places", _("Places")),
            Column("state", _("State")),
        ),
        rows=rows(),
    )
