"""Groups and conclusions as tables, for spreadsheets."""

from django.utils.translation import gettext as _

from madang.core.exports import Column, Table
from madang.groups.queries.weeks import GroupRow, Week
from madang.workshops.queries import people


def where(row: GroupRow) -> str:
    """The room of a group, and the corner in it."""
    room = str(row.group.room.wording("name")) if row.group.room else ""
    return " · ".join(part for part in (room, row.group.place) if part)


def places(week: Week) -> Table:
    """Who is in which group, by round."""
    return Table(
        columns=(
            Column("round", _("Round")),
            Column("session", _("Session")),
            Column("starts_at", _("Start")),
            Column("group", _("Group")),
            Column("place", _("Where")),
            Column("name", _("Name")),
            Column("latin_name", _("Name in Latin letters")),
            Column("country", _("Country")),
            Column("rapporteur", _("Rapporteur")),
        ),
        rows=[
            (
                row.number,
                str(row.round.session.wording("title")),
                row.round.session.starts_at.astimezone(week.plan.edition.zone),
                each.group.number,
                where(each),
                member.participation.person.name,
                member.participation.person.latin_name,
                people.country_name(member.participation),
                member.participation_id == each.group.rapporteur_id,
            )
            for row in week.rounds
            for each in row.groups
            for member in each.members
        ],
    )


def conclusions(week: Week) -> Table:
    """What the groups of rounds that have begun concluded, with its state."""
    return Table(
        columns=(
            Column("round", _("Round")),
            Column("session", _("Session")),
            Column("group", _("Group")),
            Column("rapporteur", _("Rapporteur")),
            Column("state", _("State")),
            Column("text", _("Conclusion")),
        ),
        rows=[
            (
                row.number,
                str(row.round.session.wording("title")),
                each.group.number,
                str(each.group.rapporteur.person) if each.group.rapporteur else "",
                each.group.conclusion.get_state_display(),
                str(each.group.conclusion.wording("text")),
            )
            for row in week.held
            for each in row.groups
        ],
    )
