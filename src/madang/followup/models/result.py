"""What changed in a country, told with evidence, and published once it was looked at."""

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.core.texts import Translated
from madang.core.transitions import Text, Transition
from madang.people.models import Country
from madang.workshops.models import Edition, Participation


def _can_stand(result: "Result") -> Text | None:
    if not (result.evidence.strip() or result.evidence_url):
        return _("Say how one can see it: a result is published with its evidence.")
    return None


class Result(Record, Translated):
    """Something that changed at home because of the workshop (Kirkpatrick's fourth level).

    It is meant for the public. Who told it is known to the secretariat and is never published; the
    country is, where it has agreed.
    """

    TRANSLATED = ("title", "text", "evidence")

    class State(models.TextChoices):
        TOLD = "told", _("to be reviewed")
        PUBLISHED = "published", _("published")
        DECLINED = "declined", _("not published")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="results")
    told_by = models.ForeignKey(
        Participation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.TOLD)
    title = models.CharField(_("what changed"), max_length=200)
    text = models.TextField(_("more about it"), blank=True, default="")
    happened_on = models.DateField(_("since when"))
    evidence = models.TextField(
        _("how one can see it"),
        blank=True,
        default="",
        help_text=_("A figure, a decree, a service that runs: something that others can check."),
    )
    evidence_url = models.URLField(
        _("address of the evidence"),
        max_length=400,
        blank=True,
        default="",
        validators=[URLValidator(schemes=["http", "https"])],
    )
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    country_agrees = models.BooleanField(
        _("the country agrees to be named"),
        default=False,
        help_text=_("Tick it only where somebody who may speak for the country has said so."),
    )
    published_at = models.DateTimeField(_("published"), null=True, editable=False)

    publish = Transition(
        "state",
        sources=(State.TOLD, State.DECLINED),
        target=State.PUBLISHED,
        label=_("Publish"),
        audit="result.published",
        guard=_can_stand,
    )
    decline = Transition(
        "state",
        sources=(State.TOLD, State.PUBLISHED),
        target=State.DECLINED,
        label=_("Do not publish"),
        audit="result.declined",
    )

    class Meta:
        verbose_name = _("result")
        ordering = ("-happened_on", "id")

    def __str__(self) -> str:
        return self.title

    @property
    def shown_country(self) -> Country | None:
        """The country as the public is told it."""
        return self.country if self.country_agrees else None


class ResultLink(Record):
    """Something elsewhere that a result has to do with, by reference: see `core.citations`."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="links")
    thing_model = models.CharField(max_length=80)
    thing_id = models.UUIDField()

    class Meta:
        verbose_name = _("link of a result")
        constraints = (
            models.UniqueConstraint(
                fields=("result", "thing_model", "thing_id"), name="followup_result_link_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.thing_model} {self.thing_id}"
