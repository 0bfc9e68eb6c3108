"""Lists of buses and tables: names, and for the secretariat also countries."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from madang.core.exports import Column, Table, Value
from madang.logistics.models import Bus
from madang.logistics.queries.buses import Load
from madang.logistics.queries.seating import Laid
from madang.workshops.queries import people


def bus_table(loads: Iterable[Load], *, names_only: bool = False) -> Table:
    """Who sits in which bus, by bus and name."""
    return _table(
        names_only=names_only,
        columns=(
            Column("bus", _("Bus")),
            Column("departs_at", _("Leaves at")),
            Column("name", _("Name")),
            Column("latin_name", _("Name in Latin letters")),
            Column("country", _("Country")),
        ),
        rows=(
            (
                load.bus.name,
                _leaves_at(load.bus),
                one.person.name,
                one.person.latin_name,
                people.country_name(one),
            )
            for load in loads
            for one in load.people
        ),
    )


def _leaves_at(bus: Bus) -> datetime | None:
    """On the clock of the place: a file is written after the view, in no time zone of its own."""
    return bus.departs_at.astimezone(bus.session.edition.zone) if bus.departs_at else None


def table_list(laid: Iterable[Laid], *, names_only: bool = False) -> Table:
    """Who sits at which table, by table."""
    return _table(
        names_only=names_only,
        columns=(
            Column("table", _("Table")),
            Column("table_name", _("Name of the table")),
            Column("name", _("Name")),
            Column("latin_name", _("Name in Latin letters")),
            Column("country", _("Country")),
        ),
        rows=(
            (
                each.table.number,
                each.table.name,
                seated.participation.person.name,
                seated.participation.person.latin_name,
                people.country_name(seated.participation),
            )
            for each in laid
            for seated in each.seated
            if seated.comes
        ),
    )


def _table(
    columns: Sequence[Column], rows: Iterable[Sequence[Value]], *, names_only: bool
) -> Table:
    """The table, without its last column – the country – where names are enough."""
    if not names_only:
        return Table(columns, rows)
    return Table(columns[:-1], (row[:-1] for row in rows))
