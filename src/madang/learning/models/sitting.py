"""Who sat a test, and – apart from that – what was answered."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.core.transitions import Text, Transition
from madang.learning.models.exam import Exam, ExamItem
from madang.workshops.models import Participation


def _is_open(sitting: "Sitting") -> Text | None:
    return None if sitting.exam.is_open else _("The time of this test is over.")


class Sitting(Record):
    """That somebody takes a test, took it, or would rather not; nothing of how."""

    class State(models.TextChoices):
        OPEN = "open", _("begun")
        HANDED_IN = "handed_in", _("handed in")
        DECLINED = "declined", _("not taken")

    exam = models.ForeignKey(Exam, on_delete=models.CASCADE, related_name="sittings")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="sittings"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)

    hand_in = Transition(
        "state",
        sources=(State.OPEN,),
        target=State.HANDED_IN,
        label=_("Hand in"),
        audit="sitting.handed_in",
        guard=_is_open,
    )
    decline = Transition(
        "state",
        sources=(State.OPEN,),
        target=State.DECLINED,
        label=_("I would rather not"),
        audit="sitting.declined",
        guard=_is_open,
    )
    resume = Transition(
        "state",
        sources=(State.DECLINED,),
        target=State.OPEN,
        label=_("Take it after all"),
        audit="sitting.resumed",
        guard=_is_open,
    )

    class Meta:
        verbose_name = _("test that somebody sat")
        constraints = (
            models.UniqueConstraint(fields=("exam", "participation"), name="learning_sitting_once"),
        )

    def __str__(self) -> str:
        return str(self.state)


class Sheet(models.Model):
    """The answers of somebody in one test, under a pseudonym (`pseudonyms.of`).

    Not a `Record`: neither its key nor any column tells when it was made, or it could be laid
    beside sittings and lines of logs by the moment. The same person has the same pseudonym in all
    tests of an edition, which is what gain needs.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    exam = models.ForeignKey(Exam, on_delete=models.CASCADE, related_name="sheets")
    pseudonym = models.CharField(max_length=40, editable=False)
    form = models.CharField(max_length=1, blank=True, default="", editable=False)
    is_handed_in = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("answers to a test")
        constraints = (
            models.UniqueConstraint(fields=("exam", "pseudonym"), name="learning_sheet_once"),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Answer(models.Model):
    """What was answered to one question: see `answering` for the form of `given`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(ExamItem, on_delete=models.CASCADE, related_name="answers")
    given = models.TextField(editable=False)

    class Meta:
        verbose_name = _("answer")
        constraints = (
            models.UniqueConstraint(fields=("sheet", "item"), name="learning_answer_once"),
        )

    def __str__(self) -> str:
        return str(self.pk)
