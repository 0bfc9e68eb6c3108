"""From where somebody nominates for a country: through a link, or with an account.

Whoever nominates sees and changes the nominations of that country for that edition, and no others.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet

from madang.core.audit import Actor
from madang.core.transitions import Text
from madang.nominations import deadlines
from madang.nominations.models import Call, Invitation, Nomination
from madang.people.models import Country, Person
from madang.people.time_zones import LocalTime, local_times
from madang.workshops.models import Edition


@dataclass
class Delegation:
    """One country's part in a call, and who acts for it (`actor`, and as a `person`)."""

    call: Call
    country: Country
    invitation: Invitation | None
    actor: Actor
    person: Person
    language: str = field(default="en")

    @property
    def edition(self) -> Edition:
        return self.call.edition

    @property
    def nominations(self) -> QuerySet[Nomination]:
        """Those of this country for this edition."""
        return Nomination.objects.filter(edition=self.edition, country=self.country)

    @cached_property
    def deadline(self) -> datetime | None:
        return deadlines.of(self.call, self.invitation)

    @property
    def closed_because(self) -> Text | None:
        """Why nothing can be entered or changed now; None while it can."""
        return deadlines.closed_because(self.call, self.invitation)

    @property
    def local_deadlines(self) -> list[LocalTime]:
        """The deadline on the country's own clocks."""
        return local_times(self.country.alpha2, self.deadline) if self.deadline else []

    @property
    def room_left(self) -> int | None:
        """How many more the country may send; None without a limit."""
        most = self.call.most_per_country
        if most is None:
            return None
        counted = self.nominations.exclude(state=Nomination.State.WITHDRAWN).count()
        return max(0, most - counted)
