"""The item bank of a series: what can be asked, and what it is to show."""

from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from madang.core.models import Record
from madang.core.texts import Translated
from madang.core.transitions import Transition
from madang.learning.content import Content, read_content
from madang.workshops.models import Series


class Competency(Record, Translated):
    """What somebody can do who has learned something."""

    TRANSLATED = ("name",)

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="competencies")
    name = models.CharField(_("what somebody can do"), max_length=200)

    class Meta:
        verbose_name = _("competency")
        verbose_name_plural = _("competencies")
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class Item(Record):
    """Something that can be asked in tests. What it says is in its versions.

    `module_number` is that of the module to which it belongs in whichever edition asks it.
    """

    class State(models.TextChoices):
        OFFERED = "offered", pgettext_lazy("question", "offered")
        RETIRED = "retired", pgettext_lazy("question", "retired")

    class Difficulty(models.TextChoices):
        EASY = "easy", pgettext_lazy("question", "easy")
        MEDIUM = "medium", pgettext_lazy("question", "medium")
        HARD = "hard", pgettext_lazy("question", "hard")

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="items")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OFFERED)
    module_number = models.PositiveSmallIntegerField(_("number of the module"), default=1)
    competency = models.ForeignKey(
        Competency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("competency"),
    )
    difficulty = models.CharField(
        _("meant to be"), max_length=8, choices=Difficulty, default=Difficulty.MEDIUM
    )
    newest = models.ForeignKey(
        "learning.ItemVersion",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )

    retire = Transition(
        "state",
        sources=(State.OFFERED,),
        target=State.RETIRED,
        label=_("Retire"),
        audit="item.retired",
    )
    offer = Transition(
        "state",
        sources=(State.RETIRED,),
        target=State.OFFERED,
        label=_("Offer again"),
        audit="item.offered",
    )

    class Meta:
        verbose_name = _("question")
        ordering = ("module_number", "id")

    def __str__(self) -> str:
        return str(self.newest) if self.newest is not None else str(self.pk)


class ItemVersion(Record):
    """What an item says, in all its languages. Triggers in the database keep it as it is.

    People were asked a version and answered it, so an edit makes another one.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"), editable=False)
    stored = models.JSONField(editable=False)

    class Meta:
        verbose_name = _("version of a question")
        ordering = ("item", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "number"), name="learning_version_number_in_item"
            ),
        )

    def __str__(self) -> str:
        return str(self.content.wording())

    @cached_property
    def content(self) -> Content:
        """What is asked, and which answers are right."""
        return read_content(self.stored)
