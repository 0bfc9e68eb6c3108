"""Who fulfils what a certificate takes, and in words why not."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from madang.attendance import queries as attendance
from madang.certificates.models import CertificateRule, Exemption
from madang.core import locales
from madang.evaluation import queries as evaluation
from madang.learning import queries as learning
from madang.workshops.models import Edition, Participation


@dataclass(frozen=True)
class Condition:
    """One thing that a certificate takes: whether it is met, and that in words."""

    is_met: bool
    words: str


@dataclass(frozen=True)
class Claim:
    """How somebody stands with one kind of certificate."""

    kind: str
    conditions: tuple[Condition, ...]
    exemption: Exemption | None = None

    @property
    def is_met(self) -> bool:
        """Whether the conditions are met, without any exception."""
        return all(condition.is_met for condition in self.conditions)

    @property
    def is_due(self) -> bool:
        """Whether a certificate is due: by the conditions, or by a director's leave."""
        return self.is_met or self.exemption is not None


@dataclass(frozen=True)
class Standing:
    """Somebody who takes part, and how they stand with each kind that the edition has."""

    participation: Participation
    claims: Mapping[str, Claim]

    def is_due(self, kind: str) -> bool:
        """Whether they are due a certificate of a kind."""
        return kind in self.claims and self.claims[kind].is_due


# What a kind may take beside attendance: by the name of the rule's field, met and not met.
_WORDS: dict[str, tuple[str | Promise, str | Promise]] = {
    "needs_pre_test": (
        gettext_lazy("took the test before the week"),
        gettext_lazy("did not take the test before the week"),
    ),
    "needs_post_test": (
        gettext_lazy("took the test after the week"),
        gettext_lazy("did not take the test after the week"),
    ),
    "needs_evaluation": (
        gettext_lazy("handed in the evaluation"),
        gettext_lazy("did not hand in the evaluation"),
    ),
}


@dataclass(frozen=True)
class _Facts:
    """What is known of everybody in an edition: shares of attendance, and who did what."""

    shares: Mapping[UUID, attendance.Share]
    did: Mapping[str, AbstractSet[UUID]]


def standings(edition: Edition, *, only: UUID | None = None) -> list[Standing]:
    """Every participant of an edition by name, or one of them; a few queries for any number."""
    rules = list(edition.certificate_rules.all())
    participations = (
        Participation.objects.so_far()
        .filter(
            edition=edition,
            kind=Participation.Kind.PARTICIPANT,
            state=Participation.State.EXPECTED,
        )
        .select_related("person__subject", "country", "organisation")
    )
    if only is not None:
        participations = participations.filter(pk=only)
    exemptions: dict[UUID, dict[str, Exemption]] = defaultdict(dict)
    granted = Exemption.objects.filter(participation__edition=edition)
    for exemption in granted:
        exemptions[exemption.participation_id][exemption.kind] = exemption
    facts = _facts(edition, rules)
    found = [
        Standing(
            part,
            {
                rule.kind: Claim(
                    rule.kind,
                    tuple(_conditions(rule, part.pk, facts)),
                    exemptions[part.pk].get(rule.kind),
                )
                for rule in rules
            },
        )
        for part in participations
    ]
    return sorted(found, key=lambda each: each.participation.person.sort_key)


def _facts(edition: Edition, rules: list[CertificateRule]) -> _Facts:
    ask: dict[str, Callable[[], AbstractSet[UUID]]] = {
        "needs_pre_test": lambda: learning.took(edition, "pre"),
        "needs_post_test": lambda: learning.took(edition, "post"),
        "needs_evaluation": lambda: evaluation.handed_in(edition),
    }
    return _Facts(
        shares=attendance.shares(edition) if any(rule.share for rule in rules) else {},
        did={
            name: answer()
            for name, answer in ask.items()
            if any(getattr(rule, name) for rule in rules)
        },
    )


def _conditions(rule: CertificateRule, key: UUID, facts: _Facts) -> Iterator[Condition]:
    if rule.share:
        yield _attended(rule, facts.shares.get(key))
    for name, (met, unmet) in _WORDS.items():
        if getattr(rule, name):
            is_met = key in facts.did[name]
            yield Condition(is_met, str(met if is_met else unmet))


def _attended(rule: CertificateRule, share: attendance.Share | None) -> Condition:
    if share is None or not share.sessions_held:
        return Condition(is_met=False, words=_("no session was held yet"))
    is_met = round(share.share * 100, 6) >= rule.share
    said = ngettext(
        "attended %(sessions)s of %(held)s session: %(share)s %(sign)s %(asked)s",
        "attended %(sessions)s of %(held)s sessions: %(share)s %(sign)s %(asked)s",
        share.sessions_held,
    )
    return Condition(
        is_met,
        said
        % {
            "sessions": locales.number(share.sessions),
            "held": locales.number(share.sessions_held),
            "share": locales.percent(share.share),
            "sign": "≥" if is_met else "<",
            "asked": locales.percent(rule.share / 100),
        },
    )
