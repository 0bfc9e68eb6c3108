"""The moments between which a visitor moves the demo's clock."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SEOUL = ZoneInfo("Asia/Seoul")


@dataclass(frozen=True)
class Moment:
    """A point of the workshop's story, and what can be seen then."""

    name: str
    label: str | Promise
    story: str | Promise
    at: datetime


MOMENTS = (
    Moment(
        "before-the-call",
        _("Before the call"),
        _(
            "The edition is announced; the first workshop's recommendations wait for answers, "
            "and the call for nominations is being written."
        ),
        datetime(2007, 5, 14, 10, 0, tzinfo=SEOUL),
    ),
    Moment(
        "nominations-open",
        _("Nominations open"),
        _(
            "A provisional programme is out, ministries nominate by form, by spreadsheet and on "
            "paper, and a file waits to be settled."
        ),
        datetime(2007, 7, 16, 10, 0, tzinfo=SEOUL),
    ),
    Moment(
        "screening",
        _("Screening"),
        _("The call is closed, and officers score the nominations without seeing each other's."),
        datetime(2007, 8, 9, 10, 0, tzinfo=SEOUL),
    ),
    Moment(
        "selection",
        _("Selection"),
        _("Merit is known and several cohorts were tried; nothing is decided yet."),
        datetime(2007, 8, 17, 10, 0, tzinfo=SEOUL),
    ),
    Moment(
        "offers",
        _("Offers"),
        _("Forty seats were offered: some are taken, some lost, and one is free to be filled."),
        datetime(2007, 9, 7, 10, 0, tzinfo=SEOUL),
    ),
    Moment(
        "week-before",
        _("The week before"),
        _("The programme stands, people sign up for the trip, and the press hears of it."),
        datetime(2007, 10, 5, 16, 0, tzinfo=SEOUL),
    ),
    Moment(
        "day-3",
        _("Day three"),
        _("It is Wednesday, and two labs are under way."),
        datetime(2007, 10, 10, 10, 50, tzinfo=SEOUL),
    ),
    Moment(
        "after",
        _("After the workshop"),
        _("All is over: materials, a summary, the accounts, and what comes next."),
        datetime(2007, 10, 22, 10, 0, tzinfo=SEOUL),
    ),
)


def named(name: str) -> Moment | None:
    """The moment of a name, None where there is none."""
    return next((moment for moment in MOMENTS if moment.name == name), None)


START = next(moment for moment in MOMENTS if moment.name == "week-before")
