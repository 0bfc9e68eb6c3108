"""Questions about the offers of an edition."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from madang.cohorts.actions.offers import whole
from madang.cohorts.models import Decision, Offer
from madang.cohorts.queries import seats
from madang.core import texts
from madang.workshops.models import Edition


@dataclass(frozen=True)
class Status:
    """How many seats there are and where they stand."""

    seats: int
    by_state: Mapping[str, int]
    lost: int
    free: int

    @property
    def accepted(self) -> int:
        return self.by_state.get(Offer.State.ACCEPTED, 0)

    @property
    def waiting(self) -> int:
        return self.by_state.get(Offer.State.SENT, 0)

    @property
    def prepared(self) -> int:
        return self.by_state.get(Offer.State.PREPARED, 0)

    @property
    def held_back(self) -> int:
        """Lost seats that are still their ministries'."""
        return self.lost - self.free


def in_force(edition: Edition) -> Decision | None:
    """The decision by which offers are made; one query."""
    found = edition.decisions.filter(state=Decision.State.IN_FORCE).select_related("scenario")
    return found.first()


def status(edition: Edition, decision: Decision | None) -> Status:
    """Where the seats of an edition stand: three queries."""
    states = Counter(edition.offers.values_list("state", flat=True))
    return Status(
        seats=decision.scenario.seats if decision is not None else edition.seats,
        by_state=states,
        lost=seats.lost(edition).count(),
        free=seats.free(edition).count(),
    )


def listed(edition: Edition, wanted: Mapping[str, Any]) -> list[Offer]:
    """The offers that a filter asks for, by wave and country. Two queries."""
    found = whole(edition.offers.all())
    if wanted.get("state"):
        found = found.filter(state=wanted["state"])
    if wanted.get("country"):
        found = found.filter(nomination__country__alpha2=wanted["country"])
    offers = list(found.order_by("wave", "nomination__country__sort_key", "nomination__number"))
    texts.prefetch_referred([offer.nomination for offer in offers], "country")
    return offers


def countries(edition: Edition) -> list[tuple[str, str]]:
    """The countries with offers, for a filter."""
    found = {
        offer.nomination.country for offer in edition.offers.select_related("nomination__country")
    }
    texts.prefetch(found)
    ordered = sorted(found, key=lambda country: country.sort_key)
    return [(country.alpha2, str(country.wording("name"))) for country in ordered]


def prepared(edition: Edition, keys: Sequence[str] = ()) -> list[Offer]:
    """Prepared offers, all of them or those of some keys."""
    found = whole(edition.offers.filter(state=Offer.State.PREPARED))
    return list(found.filter(pk__in=keys) if keys else found)
