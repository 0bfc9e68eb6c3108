"""The choice of a cohort, the decision on it, the offers that follow and the letters."""

from madang.cohorts.models.decision import Decision, Verdict
from madang.cohorts.models.letter import (
    Letter,
    LetterBatch,
    Letterhead,
    LetterKind,
    LetterTemplate,
    Passport,
)
from madang.cohorts.models.offer import Offer, OfferTerms
from madang.cohorts.models.scenario import Drawing, Pin, Scenario, ScenarioQuota, TravelEstimate

__all__ = [
    "Decision",
    "Drawing",
    "Letter",
    "LetterBatch",
    "LetterKind",
    "LetterTemplate",
    "Letterhead",
    "Offer",
    "OfferTerms",
    "Passport",
    "Pin",
    "Scenario",
    "ScenarioQuota",
    "TravelEstimate",
    "Verdict",
]
