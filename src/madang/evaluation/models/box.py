"""The box: what is handed in while a form is open, and who handed in once it is closed.

None of these is a `Record`: they carry no moment, no node, no counter, and their keys tell nothing
of their order. What the box is for stands in `madang.evaluation.box`.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.evaluation.models.form import Form
from madang.workshops.models import Participation


class Slip(models.Model):
    """One right to answer a form, used or not. `id` is the hash of a one-time token."""

    id = models.CharField(primary_key=True, max_length=64, editable=False)
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="slips")
    is_used = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("slip of an evaluation")

    def __str__(self) -> str:
        return self.id[:8]


class Ballot(models.Model):
    """The answers of one slip, sealed under the form's key; nobody knows which slip."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="ballots")
    sealed = models.BinaryField(editable=False)

    class Meta:
        verbose_name = _("sealed answers")

    def __str__(self) -> str:
        return str(self.id)


class HandedIn(models.Model):
    """That somebody handed a form in: written for all of them at once, when it closes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="handed_in")
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("evaluation handed in")
        constraints = (
            models.UniqueConstraint(
                fields=("form", "participation"), name="evaluation_handed_in_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.participation_id)
