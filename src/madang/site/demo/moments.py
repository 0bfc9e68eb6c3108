"""The five moments between which a visitor moves the demo's clock."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.models import DemoClock
from madang.workshops.models import Edition, ProgrammeVersion

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
        _("The edition is announced; the first workshop's recommendations wait for answers."),
        datetime(2007, 5, 14, 10, 0, tzinfo=SEOUL),
    ),
    Moment(
        "nominations-open",
        _("Nominations open"),
        _("A provisional programme is out, and ministries are choosing whom to send."),
        datetime(2007, 7, 16, 10, 0, tzinfo=SEOUL),
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
        _("All is over: materials, a summary, and what comes next."),
        datetime(2007, 10, 22, 10, 0, tzinfo=SEOUL),
    ),
)
START = MOMENTS[2]


def named(name: str) -> Moment | None:
    """The moment of a name, None where there is none."""
    return next((moment for moment in MOMENTS if moment.name == name), None)


@transaction.atomic
def move_to(moment: Moment) -> None:
    """Move the clock, and let each edition show the version that was published by then.

    Outside the demo time only goes on, and what is published stays so; here a visitor may go back,
    and must not find what had not been published yet.
    """
    DemoClock.move_to(moment.at, name=moment.name)
    for edition in Edition.objects.select_for_update():
        newest = (
            ProgrammeVersion.objects.filter(edition=edition, published_at__lte=clock.now())
            .order_by("-number")
            .values_list("pk", flat=True)
            .first()
        )
        if newest != edition.published_id:
            Edition.objects.filter(pk=edition.pk).update(published_id=newest)
