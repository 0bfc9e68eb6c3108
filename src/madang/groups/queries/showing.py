"""Plans as pages show them: rounds with their groups, the front, options, conclusions."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.core import locales, texts
from madang.core.charts import Chart, Series
from madang.groups.models import Conclusion, GroupPlan, Member
from madang.groups.queries.moving import Option
from madang.groups.queries.standing import Standing
from madang.groups.queries.weeks import GroupRow, RoundRow, Week
from madang.workshops.models import Participation


@dataclass(frozen=True)
class Shown:
    """Somebody in a group: whom they meet again there, and who of their country is there too."""

    member: Member
    again: list[Participation]
    alike: list[Participation]
    comes: bool


@dataclass(frozen=True)
class ShownGroup:
    row: GroupRow
    people: list[Shown]


@dataclass(frozen=True)
class ShownRound:
    row: RoundRow
    groups: list[ShownGroup]


def rounds(week: Week, assessed: Standing) -> list[ShownRound]:
    """All rounds with everybody in them (no queries)."""
    return [
        ShownRound(
            row,
            [
                ShownGroup(each, [_person(week, row, member, assessed) for member in each.members])
                for each in row.groups
            ],
        )
        for row in week.rounds
    ]


def _person(week: Week, row: RoundRow, member: Member, assessed: Standing) -> Shown:
    place = row.number, member.participation_id
    return Shown(
        member,
        assessed.again.get(place, []),
        assessed.compatriots.get(place, []),
        comes=member.participation_id in week.there(row),
    )


@dataclass(frozen=True)
class Point:
    """A plan that was found: fewer repeats, or a better balance."""

    extra: int
    repeats: int
    imbalance: int
    is_chosen: bool


def front(plan: GroupPlan) -> list[Point]:
    """What balance costs in repeats, as the method found it; empty where there is no choice."""
    found = plan.answer.get("front", [])
    if len(found) < 2:
        return []
    fewest = found[0][0]
    return [
        Point(repeats - fewest, repeats, imbalance, repeats - fewest == plan.extra_repeats)
        for repeats, imbalance in found
    ]


def front_chart(plan: GroupPlan) -> Chart | None:
    """The same as a chart."""
    points = front(plan)
    if not points:
        return None
    best, worst = points[-1], points[0]
    return Chart(
        "columns",
        _("What balance costs"),
        _("From %(worst)s to %(best)s people out of balance costs %(extra)s repeats.")
        % {
            "worst": locales.number(worst.imbalance),
            "best": locales.number(best.imbalance),
            "extra": locales.number(best.extra),
        },
        tuple(locales.number(point.repeats) for point in points),
        (Series(_("people out of balance"), tuple(float(point.imbalance) for point in points)),),
        heading=_("Repeats"),
    )


def balance(assessed: Standing) -> list[tuple[str, int]]:
    """By how many people the groups differ from even shares, in words and number."""
    names = {
        "maturity": _("level of e-Government"),
        "sex": _("women and men"),
        "newcomers": _("first-timers"),
        "sector": _("sector"),
    }
    return [(names[name], off) for name, off in assessed.imbalance.items()]


def option_in_words(option: Option) -> str:
    """A group to go to, and what that changes."""
    number = locales.number(option.number)
    if option.exchanged is not None:
        where = _("Group %(number)s, in exchange for %(name)s") % {
            "number": number,
            "name": option.exchanged.person,
        }
    else:
        where = _("Group %(number)s, which has %(size)s people then") % {
            "number": number,
            "size": locales.number(option.size),
        }
    return f"{where}: {_effect(option)}"


def _effect(option: Option) -> str:
    said = [_repeats_in_words(option.repeats)]
    if option.alike > 0:
        said.append(_("with somebody of their own country or organisation"))
    elif option.alike < 0:
        said.append(_("fewer of one country or organisation together"))
    return locales.listed(said)


def _repeats_in_words(change: int) -> str:
    if change == 0:
        return _("as many repeats as now")
    number = locales.number(abs(change))
    if change > 0:
        return ngettext("%(number)s repeat more", "%(number)s repeats more", change) % {
            "number": number
        }
    return ngettext("%(number)s repeat fewer", "%(number)s repeats fewer", -change) % {
        "number": number
    }


# --- What the groups concluded -------------------------------------------------------------------
@dataclass(frozen=True)
class Written:
    """A round with those of its groups that have something to read."""

    row: RoundRow
    groups: list[GroupRow]


def written(week: Week) -> list[Written]:
    """All groups of rounds that have begun, whatever they wrote (one query)."""
    found = [Written(row, row.groups) for row in week.held if row.groups]
    texts.prefetch([each.group.conclusion for one in found for each in one.groups])
    return found


def accepted(week: Week) -> list[Written]:
    """Groups whose conclusion is accepted (one query)."""
    found = []
    for row in week.rounds:
        groups = [
            each for each in row.groups if each.group.conclusion.state == Conclusion.State.ACCEPTED
        ]
        if groups:
            found.append(Written(row, groups))
    texts.prefetch([each.group.conclusion for one in found for each in one.groups])
    return found
