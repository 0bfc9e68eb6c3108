"""What a group concluded: written by its rapporteur, handed in, accepted or sent back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.core.texts import Translated
from madang.core.transitions import Text, Transition
from madang.groups.models.rounds import Group

LONGEST = 6000


def _says_something(conclusion: "Conclusion") -> Text | None:
    return None if conclusion.text.strip() else _("Write first what the group concluded.")


class Conclusion(Record, Translated):
    """One group's conclusion. `note` is what to mend, where it was sent back."""

    TRANSLATED = ("text",)

    class State(models.TextChoices):
        OPEN = "open", _("being written")
        HANDED_IN = "handed_in", _("handed in")
        ACCEPTED = "accepted", _("accepted")

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="conclusion")
    text = models.TextField(_("what the group concluded"), blank=True, default="")
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    note = models.TextField(_("what to mend"), blank=True, default="")

    hand_in = Transition(
        "state",
        sources=(State.OPEN,),
        target=State.HANDED_IN,
        label=_("Hand it in"),
        audit="conclusion.handed_in",
        guard=_says_something,
    )
    accept = Transition(
        "state",
        sources=(State.HANDED_IN,),
        target=State.ACCEPTED,
        label=_("Accept it"),
        audit="conclusion.accepted",
    )
    send_back = Transition(
        "state",
        sources=(State.HANDED_IN, State.ACCEPTED),
        target=State.OPEN,
        label=_("Send it back"),
        audit="conclusion.sent_back",
    )

    class Meta:
        verbose_name = _("conclusion of a group")

    def __str__(self) -> str:
        return f"{self.group_id} {self.state}"
