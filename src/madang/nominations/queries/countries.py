"""The countries asked: per country what was sent, what came, and what is overdue."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from madang.core import clock, texts
from madang.core.transitions import Text
from madang.nominations import deadlines
from madang.nominations.models import Call, Correspondence, Invitation, Nomination
from madang.people.country_names import sort_key

Kind = Correspondence.Kind
SENT, RECEIVED = Correspondence.Direction.SENT, Correspondence.Direction.RECEIVED

# How a country stands, the most urgent first.
STATES: dict[str, Text] = {
    "overdue": _("overdue"),
    "unsent": _("not asked yet"),
    "sent": pgettext_lazy("country", "asked"),
    "chased": _("chased"),
    "received": _("received"),
    "declined": _("nominates nobody"),
}
FILTERS: dict[str, Text] = {"nothing": _("nothing received"), **STATES}


@dataclass
class CountryRow:
    """One country and what passed between it and the secretariat."""

    invitation: Invitation
    deadline: datetime | None
    entries: dict[tuple[str, str], int] = field(default_factory=dict)
    sent_at: datetime | None = None
    last_contact: datetime | None = None
    nominations: int = 0
    drafts: int = 0

    def _count(self, direction: str, kind: str) -> int:
        return self.entries.get((direction, kind), 0)

    @property
    def sent(self) -> int:
        """How often the call went out to it."""
        return self._count(SENT, Kind.CALL)

    @property
    def chased(self) -> int:
        """How often it was reminded."""
        return self._count(SENT, Kind.REMINDER)

    @property
    def received(self) -> int:
        """Letters, faxes and mails that came from it."""
        return sum(n for (direction, _kind), n in self.entries.items() if direction == RECEIVED)

    @property
    def declined(self) -> bool:
        return self._count(RECEIVED, Kind.DECLINED) > 0

    @property
    def state(self) -> str:
        """One of `STATES`."""
        if self.nominations or self._count(RECEIVED, Kind.NOMINATION):
            return "received"
        if self.declined:
            return "declined"
        if not self.sent:
            return "unsent"
        if self.deadline is not None and self.deadline <= clock.now():
            return "overdue"
        return "chased" if self.chased else "sent"

    @property
    def state_label(self) -> Text:
        return STATES[self.state]

    @property
    def has_sent_nothing(self) -> bool:
        """Asked, and neither nominations nor a refusal came."""
        return self.state in {"sent", "chased", "overdue"}

    def is_next_for(self, kind: str) -> bool:
        """Whether it gets the call, or a reminder, where countries are not chosen one by one."""
        return self.state in ({"unsent"} if kind == Kind.CALL else {"sent", "chased"})


def rows(call: Call, keys: Sequence[UUID] | None = None) -> list[CountryRow]:
    """Every country asked, or those of some invitations: five queries for any number."""
    chosen = call.invitations.select_related("country", "organisation", "focal_point__subject")
    if keys is not None:
        chosen = chosen.filter(pk__in=keys)
    invitations = list(chosen)
    texts.prefetch_referred(invitations, "country", "organisation")
    entries, sent_at, last = _correspondence(call)
    counted = _nominations(call)
    found = []
    for invitation in invitations:
        invitation.call = call
        country = invitation.country_id
        found.append(
            CountryRow(
                invitation,
                deadlines.of(call, invitation),
                entries[country],
                sent_at.get(country),
                last.get(country),
                counted[country]["sent"],
                counted[country]["draft"],
            )
        )
    return found


def _correspondence(call: Call) -> tuple[Any, dict[UUID, datetime], dict[UUID, datetime]]:
    entries: dict[UUID, dict[tuple[str, str], int]] = defaultdict(dict)
    sent_at: dict[UUID, datetime] = {}
    last: dict[UUID, datetime] = {}
    for country, direction, kind, number, at in (
        Correspondence.objects.filter(edition=call.edition_id)
        .order_by()
        .values_list("country", "direction", "kind")
        .annotate(number=Count("pk"), newest=Max("at"))
    ):
        entries[country][direction, kind] = number
        last[country] = max(last.get(country, at), at)
        if (direction, kind) == (SENT, Kind.CALL):
            sent_at[country] = at
    return entries, sent_at, last


def _nominations(call: Call) -> dict[UUID, dict[str, int]]:
    counted: dict[UUID, dict[str, int]] = defaultdict(lambda: {"sent": 0, "draft": 0})
    for country, state, number in (
        Nomination.objects.filter(edition=call.edition_id)
        .exclude(state=Nomination.State.WITHDRAWN)
        .order_by()
        .values_list("country", "state")
        .annotate(number=Count("pk"))
    ):
        name = "draft" if state == Nomination.State.DRAFT else "sent"
        counted[country][name] += number
    return counted


def filtered(found: Iterable[CountryRow], wanted: dict[str, Any]) -> list[CountryRow]:
    """Those that the filters of the list ask for."""
    state, words = wanted.get("state"), sort_key(wanted.get("q") or "").split()
    kept = []
    for row in found:
        if state == "nothing" and not row.has_sent_nothing:
            continue
        if state and state != "nothing" and row.state != state:
            continue
        if all(word in _searched(row.invitation) for word in words):
            kept.append(row)
    return kept


def _searched(invitation: Invitation) -> str:
    organisation, person = invitation.organisation, invitation.focal_point
    parts = [str(invitation.country.wording("name")), invitation.country.alpha2]
    parts += [str(organisation.wording("name"))] if organisation is not None else []
    parts += [person.name, person.email] if person is not None else []
    return " ".join(map(sort_key, parts))


def counted(found: Iterable[CountryRow]) -> dict[str, int]:
    """How many countries stand how, for the head of the list."""
    numbers = dict.fromkeys(STATES, 0)
    for row in found:
        numbers[row.state] += 1
    return numbers
