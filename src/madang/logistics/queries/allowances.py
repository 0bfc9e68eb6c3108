"""What daily allowance is due to whom in an edition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from madang.logistics import allowances
from madang.logistics.allowances import Allowance, Rate
from madang.logistics.currencies import Money, totals
from madang.logistics.models import AllowanceDay, AllowanceRate, NoAllowance, Stay
from madang.logistics.queries.travellers import TRAVELLING, expected
from madang.workshops.models import Edition, Participation
from madang.workshops.queries import people


@dataclass(frozen=True)
class Due:
    """What is due to one person.

    `allowance` is None where there is no rate for them, or where `why_none` says why they get none;
    `days_known` tells whether the stay is theirs or, for want of it, the days of the edition.
    """

    participation: Participation
    rate: AllowanceRate | None
    first: date
    last: date
    days_known: bool
    why_none: str
    allowance: Allowance | None


def due(edition: Edition) -> list[Due]:
    """Everybody who is expected, by name (seven queries for any number)."""
    return _due(edition, expected(edition))


def of_person(edition: Edition, participation: Participation) -> Due:
    """What is due to one person."""
    [found] = _due(edition, [participation])
    return found


def _due(edition: Edition, participations: Iterable[Participation]) -> list[Due]:
    rates = {rate.for_kind: rate for rate in edition.allowance_rates.all()}
    provided = provided_by_day(edition)
    stays = _stays(edition)
    reasons = dict(
        NoAllowance.objects.filter(participation__edition=edition).values_list(
            "participation_id", "why"
        )
    )
    found = []
    for one in people.by_name(people.with_wordings(participations)):
        stay = stays.get(one.pk)
        rate = rates.get(one.kind) or (rates.get("") if one.kind in TRAVELLING else None)
        first, last = _days(edition, stay)
        why_none = _why_none(stay, reasons.get(one.pk, ""))
        allowance = None
        if rate is not None and not why_none:
            allowance = allowances.compute(_rate(rate), first, last, provided)
        found.append(Due(one, rate, first, last, _is_known(stay), why_none, allowance))
    return found


def sums(found: Iterable[Due]) -> list[Money]:
    """What is due in all, by currency."""
    return totals(each.allowance.total for each in found if each.allowance is not None)


def provided_by_day(edition: Edition) -> dict[date, frozenset[str]]:
    return {day.date: day.provided for day in edition.allowance_days.all()}


def days_to_set(edition: Edition) -> dict[date, frozenset[str]]:
    """Every day on which somebody may be there, with what is provided on it."""
    provided = provided_by_day(edition)
    known = [day for stay in _stays(edition).values() for day in _days(edition, stay)]
    first = min([edition.starts_on, *known, *provided])
    last = max([edition.ends_on, *known, *provided])
    return {day: provided.get(day, frozenset()) for day in allowances.days_between(first, last)}


def _stays(edition: Edition) -> Mapping[UUID, Stay]:
    return {
        stay.participation_id: stay for stay in Stay.objects.filter(participation__edition=edition)
    }


def _days(edition: Edition, stay: Stay | None) -> tuple[date, date]:
    """From when to when somebody is there: by their stay, as far as its days are known."""
    first = (stay.check_in if stay else None) or edition.starts_on
    last = (stay.check_out if stay else None) or edition.ends_on
    return first, max(first, last)


def _is_known(stay: Stay | None) -> bool:
    return stay is not None and stay.check_in is not None and stay.check_out is not None


def _why_none(stay: Stay | None, reason: str) -> str:
    """A code of `NoAllowance.Why`, or `"no_show"`."""
    if stay is not None and stay.state == Stay.State.NO_SHOW:
        return "no_show"
    return reason


def _rate(rate: AllowanceRate) -> Rate:
    return Rate(
        daily=rate.daily,
        currency=rate.currency,
        shares={name: getattr(rate, name) for name in AllowanceDay.PROVIDED},
        last_day=rate.last_day,
    )
