"""Timetables that were suggested for a draft: looked at, used, undone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.core.transitions import Transition
from madang.workshops.models.edition import Edition


class TimetableSuggestion(Record):
    """One answer of `methods.timetable`, or that there is none and why."""

    class State(models.TextChoices):
        OPEN = "open", _("to look at")
        USED = "used", _("used")
        UNDONE = "undone", _("undone")

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="timetable_suggestions"
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    # `Suggestion.status` of the method, with its cost and bound where it found a timetable.
    status = models.CharField(max_length=12)
    cost = models.PositiveIntegerField(null=True)
    bound = models.PositiveIntegerField(null=True)
    # By session: the place suggested, the place before it was used (to undo it), and the rules that
    # contradict each other where there is no timetable: [kind, [what it is about]].
    places = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    contradictions = models.JSONField(default=list)
    relaxations = models.JSONField(default=list)

    use = Transition(
        "state",
        sources=(State.OPEN, State.UNDONE),
        target=State.USED,
        label=_("Use this timetable"),
        audit="timetable.used",
        guard=lambda suggestion: (
            None if suggestion.places else _("There is no timetable to use in this answer.")
        ),
    )
    undo = Transition(
        "state",
        sources=(State.USED,),
        target=State.UNDONE,
        label=_("Undo"),
        audit="timetable.undone",
    )

    class Meta:
        verbose_name = _("suggested timetable")
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return f"{self.status} {self.edition_id}"
