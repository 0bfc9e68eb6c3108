"""Parts about who came: figures, countries, sectors; the annexes with names and partners."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.attendance.queries import shares
from madang.core import locales, texts
from madang.core.charts import Chart, Series
from madang.nominations.models import Sector, Sex
from madang.reports import blocks, figures
from madang.reports.blocks import Block
from madang.workshops.models import Edition, EditionPartner, Participation
from madang.workshops.queries import public


def summary(edition: Edition) -> list[Block]:
    """When, where and how many."""
    came = figures.taken_part(edition)
    place = [edition.wording("venue"), edition.wording("city"), edition.country.wording("name")]
    resource = Participation.objects.so_far().filter(
        edition=edition,
        kind=Participation.Kind.RESOURCE_PERSON,
        state=Participation.State.EXPECTED,
    )
    rows = [
        (_("When"), locales.date_range(edition.starts_on, edition.ends_on)),
        (_("Where"), locales.listed(part for part in place if part)),
        (_("Participants"), locales.number(came.people)),
        (_("Countries"), locales.number(len(came.countries))),
        (_("Resource persons"), locales.number(resource.count())),
    ]
    found = [share.share for pk, share in shares(edition).items() if pk in came.ids]
    if any(found):
        rows.append((_("Attendance"), locales.percent(sum(found) / len(found))))
    return [blocks.facts(rows)]


def participants(edition: Edition) -> list[Block]:
    """By country, sector and sex, as numbers that tell on nobody."""
    came = figures.taken_part(edition)
    if not came.people:
        return []
    return [
        *_by_country(came),
        *_counted(came.sectors, dict(Sector.choices), _("Participants by sector")),
        *_counted(came.sexes, dict(Sex.choices), _("Participants by sex")),
    ]


def _by_country(came: figures.TakenPart) -> list[Block]:
    texts.prefetch(came.countries)
    named = sorted(
        ((str(country.wording("name")), number) for country, number in came.countries.items()),
        key=lambda pair: (-pair[1], pair[0].casefold()),
    )
    if not named:
        return []
    told = _("%(people)s participants came from %(countries)s countries.") % {
        "people": locales.number(came.people),
        "countries": locales.number(len(named)),
    }
    names = tuple(name for name, _number in named)
    values = tuple(float(number) for _name, number in named)
    title = _("Participants by country")
    return [
        blocks.chart(Chart("bars", title, told, names, (Series("", values),), heading=_("Country")))
    ]


def _counted(counts: dict[str, int], labels: dict[str, str], title: str) -> list[Block]:
    shown = figures.above_the_floor(counts)
    if not shown:
        return []
    rest = _("others, or not stated")
    names = tuple(capfirst(str(labels.get(code, rest))) for code in shown)
    first = next(iter(shown))
    told = ngettext(
        "The largest group: %(label)s, with %(number)s participant.",
        "The largest group: %(label)s, with %(number)s participants.",
        shown[first],
    ) % {"label": names[0], "number": locales.number(shown[first])}
    note = _("Groups of fewer than %(floor)s people are counted together.") % {
        "floor": locales.number(figures.FLOOR)
    }
    values = tuple(float(number) for number in shown.values())
    return [blocks.chart(Chart("bars", title, told, names, (Series("", values),), note=note))]


def annex_people(edition: Edition) -> list[Block]:
    """Participants and resource persons with what they agree to show."""
    came = figures.taken_part(edition).ids
    teach = Participation.objects.so_far().filter(
        edition=edition,
        kind=Participation.Kind.RESOURCE_PERSON,
        state=Participation.State.EXPECTED,
    )
    found = []
    for title, ids in (
        (_("Participants"), came),
        (_("Resource persons"), frozenset(teach.values_list("pk", flat=True))),
    ):
        if ids:
            found.append(blocks.people(title, ids, ("name", "position", "organisation", "country")))
    return found


def annex_partners(edition: Edition) -> list[Block]:
    """Who made it possible."""
    rows = [
        (
            str(partner.organisation.wording("name")),
            capfirst(str(EditionPartner.Role(partner.role).label)),
            str(partner.wording("contribution")),
        )
        for partner in public.partners(edition.pk)
    ]
    if not rows:
        return []
    return [blocks.table(_("Partners"), (_("Organisation"), _("Role"), _("Contribution")), rows)]
