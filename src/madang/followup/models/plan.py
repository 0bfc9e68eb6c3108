"""An action plan: two to five things that somebody will do at home. It is theirs alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Personal, PersonalText, Record
from madang.core.transitions import Text, Transition
from madang.workshops.models import Module, Participation, Recommendation

FEWEST, MOST = 2, 5
UNTIL = _("two years after your last workshop")


def _is_whole(plan: "ActionPlan") -> Text | None:
    rows = list(plan.actions.select_related("subject"))
    if len(rows) < FEWEST:
        return _("A plan has at least two actions: write down one more.")
    for action in rows:
        if not (action.what and action.by_when and action.sign):
            return _(
                "Each action needs what you will do, by when, and how one will see that it is done."
            )
    return None


class ActionPlan(Record):
    """What one participant will do at home. Handed in, it stands as a version that stays."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        HANDED_IN = "handed_in", _("handed in")

    participation = models.OneToOneField(
        Participation, on_delete=models.CASCADE, related_name="action_plan"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    handed_in_at = models.DateTimeField(_("handed in"), null=True, editable=False)

    hand_in = Transition(
        "state",
        sources=(State.DRAFT,),
        target=State.HANDED_IN,
        label=_("Hand in"),
        audit="plan.handed_in",
        guard=_is_whole,
    )
    take_back = Transition(
        "state",
        sources=(State.HANDED_IN,),
        target=State.DRAFT,
        label=_("Change it"),
        audit="plan.taken_back",
    )

    class Meta:
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")

    def __str__(self) -> str:
        return f"plan of {self.participation_id}"


class Action(Record, Personal):
    """One thing to do, as whoever will do it wrote it."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="actions")
    number = models.PositiveSmallIntegerField(_("number"))
    what = PersonalText(
        _("what I will do"), why=_("to remind you of it, and ask what became of it"), until=UNTIL
    )
    with_whom = PersonalText(
        _("with whom"), why=_("to remind you whom you wanted to win for it"), until=UNTIL
    )
    sign = PersonalText(
        _("how one will see that it is done"), why=_("to know when it is done"), until=UNTIL
    )
    by_when = models.DateField(_("by when"), null=True, blank=True)
    module = models.ForeignKey(
        Module, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("action of a plan")
        verbose_name_plural = _("actions of plans")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("plan", "number"), name="followup_action_number"),
        )

    def __str__(self) -> str:
        return f"action {self.number} of {self.plan_id}"


class PlanVersion(Record, Personal):
    """A plan as it was handed in. The text is frozen; who is erased takes it along."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    content = PersonalText(
        _("the plan as you handed it in"), why=_("to show you what you changed"), until=UNTIL
    )

    class Meta:
        verbose_name = _("version of an action plan")
        verbose_name_plural = _("versions of action plans")
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("plan", "number"), name="followup_version_number"),
        )

    def __str__(self) -> str:
        return f"version {self.number} of {self.plan_id}"
