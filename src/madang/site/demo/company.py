"""Everybody and everything in the demo that its parts speak of by name."""

from dataclasses import dataclass, field

from madang.core import approvals
from madang.core.models import Record
from madang.nominations.models import Call
from madang.people.models import Account, Country, Organisation
from madang.workshops.models import Edition, Participation, Room, Series, Session

INCHEON = "incheon-2007"
BANGKOK = "bangkok-2006"


@dataclass
class Company:
    """What the story has brought up so far."""

    series: Series | None = None
    countries: dict[str, Country] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    editions: dict[str, Edition] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    # Those of the team who take part, by their place in `people.toml`.
    seats: dict[str, Participation] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)

    @property
    def officer(self) -> Account:
        """The programme officer, who does most of what is done here."""
        return self.accounts["secretariat"]

    @property
    def director(self) -> Account:
        """The director, who approves what goes out."""
        return self.accounts["director"]

    @property
    def incheon(self) -> Edition:
        """The edition that the demo is about."""
        return self.editions[INCHEON]

    @property
    def call(self) -> Call:
        """The call for nominations to Incheon, as it stands now."""
        return Call.objects.select_related("edition").get(edition=self.incheon)

    def approve(self, thing: Record) -> None:
        """The director approves what was put before her."""
        approval = approvals.of(thing).get()
        approvals.approve(approval, actor=self.director, seen=approval.digest)


def participants(edition: Edition) -> dict[str, Participation]:
    """Those who take part in an edition as participants, by their address."""
    found = edition.participations.filter(kind=Participation.Kind.PARTICIPANT)
    listed = found.exclude(state=Participation.State.CANCELLED)
    return {
        each.person.email: each
        for each in listed.select_related("person__subject", "person__account", "country")
    }
