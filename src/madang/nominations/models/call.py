"""The call for nominations of an edition: its rules, its quotas and the questions that it asks."""

from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.models import Record
from madang.core.texts import Translated
from madang.core.transitions import Text, Transition
from madang.workshops.models import Edition
from madang.workshops.models.edition import validate_time_zone

# Where a day ends last: twelve hours behind UTC.
ANYWHERE = "Etc/GMT+12"


class Sector(models.TextChoices):
    """Where a nominee works, as calls and quotas speak of it."""

    GOVERNMENT = "government", _("government")
    ACADEMIA = "academia", _("academia")
    CIVIL_SOCIETY = "civil_society", _("civil society")
    PRIVATE = "private", _("private sector")
    INTERNATIONAL = "international", _("international organisation")


class Sex(models.TextChoices):
    """As the person states it."""

    FEMALE = "female", _("female")
    MALE = "male", _("male")
    OTHER = "other", _("other, or not stated")


def _can_open(call: "Call") -> Text | None:
    if call.deadline is None:
        return _("Set the deadline first.")
    if call.deadline <= clock.now():
        return _("The deadline has passed: set a later one.")
    if call.edition.state == Edition.State.DRAFT:
        return _("Announce the edition first.")
    return None


class Call(Record, Translated):
    """What an edition asks governments for. The seats are the edition's own."""

    TRANSLATED = ("introduction", "eligibility")

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="call")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    introduction = models.TextField(_("what is offered and to whom"), blank=True, default="")
    eligibility = models.TextField(_("who may be nominated"), blank=True, default="")
    contact = models.EmailField(_("e-mail address for questions"), blank=True, default="")
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    # The zone in which the deadline is stated.
    time_zone = models.CharField(
        _("time zone of the deadline"),
        max_length=60,
        validators=[validate_time_zone],
        default=ANYWHERE,
    )
    most_per_country = models.PositiveSmallIntegerField(
        _("nominations a country may send at most"), null=True, blank=True
    )
    least_experience = models.PositiveSmallIntegerField(
        _("years of experience, at least"), null=True, blank=True
    )
    least_language = models.PositiveSmallIntegerField(
        _("command of the working language (1–5), at least"), null=True, blank=True
    )
    endorsement_needed = models.BooleanField(
        _("a superior has to endorse each nomination"), default=True
    )
    opened_at = models.DateTimeField(null=True, editable=False)

    open = Transition(
        "state",
        sources=(State.DRAFT, State.CLOSED),
        target=State.OPEN,
        label=_("Open the call"),
        audit="call.opened",
        guard=_can_open,
    )
    close = Transition(
        "state",
        sources=(State.OPEN,),
        target=State.CLOSED,
        label=_("Close the call"),
        audit="call.closed",
    )

    class Meta:
        verbose_name = _("call for nominations")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(deadline__isnull=False),
                name="nominations_open_call_has_deadline",
            ),
            models.CheckConstraint(
                condition=models.Q(least_language__isnull=True)
                | models.Q(least_language__range=(1, 5)),
                name="nominations_call_language_scale",
            ),
        )

    def __str__(self) -> str:
        return str(self.edition)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the deadline is stated."""
        return ZoneInfo(self.time_zone)

    @property
    def zone_name(self) -> str:
        """The same as people read it."""
        return gettext("anywhere on Earth") if self.time_zone == ANYWHERE else self.time_zone


class Question(Record, Translated):
    """One question of the nomination form, beyond those that every call asks.

    With `depends_on` it is asked only where that question was answered by `depends_value`: the code
    of a choice, or "yes" or "no".
    """

    TRANSLATED = ("text", "hint")

    class Kind(models.TextChoices):
        SHORT = "short", _("short text")
        LONG = "long", _("long text")
        NUMBER = "number", _("number")
        YES_NO = "yes_no", _("yes or no")
        ONE = "one", _("one of several")
        SEVERAL = "several", _("several of several")
        DATE = "date", _("date")
        SCALE = "scale", _("scale")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(_("short name"), max_length=40)
    text = models.CharField(_("question"), max_length=300)
    hint = models.CharField(_("hint"), max_length=300, blank=True, default="")
    kind = models.CharField(_("kind of answer"), max_length=8, choices=Kind, default=Kind.SHORT)
    is_required = models.BooleanField(_("has to be answered"), default=False)
    minimum = models.IntegerField(_("at least"), null=True, blank=True)
    maximum = models.IntegerField(_("at most"), null=True, blank=True)
    depends_on = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="dependents",
        verbose_name=_("asked only after"),
    )
    depends_value = models.CharField(_("if the answer is"), max_length=40, blank=True, default="")
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("question")
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(fields=("call", "key"), name="nominations_question_key"),
            models.CheckConstraint(
                condition=models.Q(depends_on__isnull=True, depends_value="")
                | (models.Q(depends_on__isnull=False) & ~models.Q(depends_value="")),
                name="nominations_question_condition_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(depends_on__isnull=True) | ~models.Q(depends_on=models.F("id")),
                name="nominations_question_not_after_itself",
            ),
        )

    def __str__(self) -> str:
        return self.text


class Choice(Record, Translated):
    """One of the answers that a question offers."""

    TRANSLATED = ("text",)

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices")
    code = models.SlugField(_("code"), max_length=40)
    text = models.CharField(_("answer"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("choice")
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(fields=("question", "code"), name="nominations_choice_code"),
        )

    def __str__(self) -> str:
        return self.text


class Quota(Record):
    """How many seats at least and at most go to nominees of one kind.

    `attribute` is one of `Attribute` or the key of a question; `value` is a code of it (a country's
    alpha-2 code, a sub-region's M49 number, a sector …) or "*": each value of the attribute.
    """

    class Attribute(models.TextChoices):
        COUNTRY = "country", _("country")
        SUBREGION = "subregion", _("sub-region")
        SECTOR = "sector", _("sector")
        SEX = "sex", _("sex")
        FIRST_TIMER = "first_timer", _("first-timer")

    EACH = "*"

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="quotas")
    attribute = models.CharField(_("of whom"), max_length=40)
    value = models.CharField(_("which"), max_length=40)
    minimum = models.PositiveIntegerField(_("at least"), default=0)
    maximum = models.PositiveIntegerField(_("at most"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("quota")
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("call", "attribute", "value"), name="nominations_quota_once"
            ),
            models.CheckConstraint(
                condition=models.Q(maximum__isnull=True)
                | models.Q(maximum__gte=models.F("minimum")),
                name="nominations_quota_bounds",
            ),
        )

    def __str__(self) -> str:
        return f"{self.attribute} {self.value}"
