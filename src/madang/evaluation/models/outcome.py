"""What may be told of a closed form: numbers frozen when it closed, and free texts once read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.core.transitions import Transition
from madang.evaluation.models.form import Form, Question, Speaker


class Outcome(Record):
    """The numbers of a closed form, as `madang.evaluation.published` writes and reads them.

    Triggers of the database keep the row as it was made. Nothing finer is kept anywhere: the
    answers themselves are gone.
    """

    form = models.OneToOneField(Form, on_delete=models.CASCADE, related_name="outcome")
    content = models.TextField(editable=False)

    class Meta:
        verbose_name = _("outcome of an evaluation")

    def __str__(self) -> str:
        return str(self.form_id)


class Comment(Record):
    """What one person wrote in answer to one question. All of a form are made at one moment, in
    random order, so neither key nor moment tells what was written by the same person.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("to be read")
        PUBLISHED = "published", _("published")
        WITHHELD = "withheld", _("withheld")

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="comments")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="comments")
    speaker = models.ForeignKey(
        Speaker, on_delete=models.CASCADE, null=True, blank=True, related_name="comments"
    )
    text = models.TextField(_("what was written"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)

    publish = Transition(
        "state",
        sources=(State.WAITING,),
        target=State.PUBLISHED,
        label=_("Publish"),
        audit="evaluation_comment.published",
    )
    withhold = Transition(
        "state",
        sources=(State.WAITING, State.PUBLISHED),
        target=State.WITHHELD,
        label=_("Withhold"),
        audit="evaluation_comment.withheld",
    )

    class Meta:
        verbose_name = _("comment of an evaluation")
        verbose_name_plural = _("comments of evaluations")
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text[:40]
