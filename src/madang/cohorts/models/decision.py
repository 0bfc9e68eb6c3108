"""The decision on a cohort: minuted, approved by a director, never changed thereafter."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.cohorts.models.scenario import Scenario
from madang.core.models import Record
from madang.core.transitions import Text, Transition
from madang.nominations.models import Nomination
from madang.workshops.models import Edition


def _was_approved(decision: "Decision") -> Text | None:
    from madang.core import approvals

    return None if approvals.approved(decision) else _("A director approves it first.")


class Decision(Record):
    """Who is chosen, who stands in reserve, who is not: frozen from one scenario.

    It goes through `core.approvals` and is in force once approved. An edition has one at a time:
    another cohort is proposed only after this one was dropped.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        IN_FORCE = "in_force", _("in force")
        DROPPED = "dropped", _("dropped")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="decisions")
    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PROPOSED)
    # What proves the cohort (`actions.decisions`): numbers and fingerprints.
    facts = models.JSONField(default=dict, editable=False)
    remarks = models.TextField(_("remarks for the minutes"), blank=True, default="")
    decided_at = models.DateTimeField(null=True, editable=False)

    take_effect = Transition(
        "state",
        sources=(State.PROPOSED,),
        target=State.IN_FORCE,
        label=_("Put in force"),
        audit="decision.in_force",
        guard=_was_approved,
    )
    drop = Transition(
        "state",
        sources=(State.PROPOSED, State.IN_FORCE),
        target=State.DROPPED,
        label=_("Drop"),
        audit="decision.dropped",
    )

    class Meta:
        verbose_name = _("decision on the cohort")
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("edition", "number"), name="cohorts_decision_number"),
            models.UniqueConstraint(
                fields=("edition",),
                condition=models.Q(state="in_force"),
                name="cohorts_one_decision_in_force",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}"


class Verdict(Record):
    """What a decision says of one nomination, with the codes that explain it to the secretariat.

    `reason` is the neutral reason, a code of `cohorts.reasons`, that the ministry may be told.
    """

    class Outcome(models.TextChoices):
        CHOSEN = "chosen", _("chosen")
        RESERVE = "reserve", _("reserve")
        NOT_CHOSEN = "not_chosen", _("not chosen")

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="verdicts")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="verdicts")
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome)
    rank = models.PositiveSmallIntegerField(_("reserve number"), null=True, blank=True)
    reason = models.CharField(max_length=40, blank=True, default="")
    why = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("verdict")
        ordering = ("outcome", "rank", "id")
        constraints = (
            models.UniqueConstraint(fields=("decision", "nomination"), name="cohorts_verdict_once"),
            models.CheckConstraint(
                condition=models.Q(outcome="reserve", rank__isnull=False)
                | (~models.Q(outcome="reserve") & models.Q(rank__isnull=True)),
                name="cohorts_reserve_has_rank",
            ),
        )

    def __str__(self) -> str:
        return f"{self.nomination_id}: {self.outcome}"

    @property
    def edition_id(self) -> UUID:
        """The edition, in whose history the row belongs."""
        return self.decision.edition_id
