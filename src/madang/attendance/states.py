"""How somebody attended a session."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Stored where something is known; who is nowhere in the log was absent."""

    PRESENT = "present", _("present")
    LATE = "late", _("late")
    PARTIAL = "partial", _("in part")
    EXCUSED = "excused", _("excused")
    ABSENT = "absent", _("absent")


# By which shape and colour a page shows each (the component `chip`).
CHIPS = {
    State.PRESENT: "good",
    State.LATE: "wait",
    State.PARTIAL: "wait",
    State.EXCUSED: "pin",
    State.ABSENT: "bad",
}
