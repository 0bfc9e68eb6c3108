"""The neutral reasons that a ministry may be told: they name nobody and tell no score."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "chosen": _("A seat is offered."),
    "reserve": _("The nomination stands in reserve: a seat may still become free."),
    "country_full": _("The seats that one country can have are taken."),
    "composition": _("The seats are shared so that countries and sectors are all represented."),
    "seats_full": _("There were more good nominations than seats."),
    "lot": _("The seats were drawn by lot, with chances as equal as the rules allowed."),
    "secretariat": _("The organisers decided otherwise."),
}


def of_outcome(
    outcome: str, why: Mapping[str, Any] | None, *, is_pinned: bool, is_lottery: bool
) -> str:
    """The code of the neutral reason, from the method's codes for a nominee."""
    if outcome in {"chosen", "reserve"}:
        return outcome
    if is_pinned:
        return "secretariat"
    if is_lottery:
        return "lot"
    rules = (why or {}).get("rules", ())
    quotas = [rule["attribute"] for rule in rules if rule["kind"] == "quota"]
    if "country" in quotas:
        return "country_full"
    return "composition" if quotas else "seats_full"
