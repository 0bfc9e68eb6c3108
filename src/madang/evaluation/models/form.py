"""A form: what is asked of whom, and from when until when."""

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from madang.core import locales
from madang.core.models import Record
from madang.core.texts import Translated
from madang.core.transitions import Transition
from madang.workshops.models import Edition, Participation, Session


class Form(Record):
    """Questions about a day, a session with its speakers, or the whole workshop.

    `key` is the form's own key, wrapped by the master key: answers are sealed under it from the
    moment the form opens, and it is destroyed when the form closes. What happens to the row while
    people answer would tell when they do, so handing in never writes it.
    """

    class Kind(models.TextChoices):
        PULSE = "pulse", _("daily pulse")
        SESSION = "session", _("session")
        END = "end", _("end of the workshop")

    class State(models.TextChoices):
        PREPARED = "prepared", _("in preparation")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="evaluation_forms")
    kind = models.CharField(_("about"), max_length=8, choices=Kind)
    day = models.DateField(_("day"), null=True, blank=True)
    session = models.ForeignKey(
        Session, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    # What an officer set or wrote is not overwritten by a change of the programme.
    has_own_times = models.BooleanField(default=False, editable=False)
    has_own_questions = models.BooleanField(default=False, editable=False)
    # Counted elsewhere, such as on paper: never open here.
    is_counted = models.BooleanField(default=False, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PREPARED)
    key = models.BinaryField(null=True, editable=False)

    open = Transition(
        "state",
        sources=(State.PREPARED,),
        target=State.OPEN,
        label=_("Open"),
        audit="evaluation_form.opened",
    )
    close = Transition(
        "state",
        sources=(State.OPEN,),
        target=State.CLOSED,
        label=_("Close and count"),
        audit="evaluation_form.closed",
    )
    enter = Transition(
        "state",
        sources=(State.PREPARED,),
        target=State.CLOSED,
        label=_("Enter what was counted elsewhere"),
        audit="evaluation_form.counted",
    )

    class Meta:
        verbose_name = _("evaluation form")
        verbose_name_plural = _("evaluation forms")
        ordering = ("opens_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "day"),
                condition=models.Q(kind="pulse"),
                name="evaluation_one_pulse_a_day",
            ),
            models.UniqueConstraint(fields=("edition", "session"), name="evaluation_session_once"),
            models.UniqueConstraint(
                fields=("edition",), condition=models.Q(kind="end"), name="evaluation_one_end"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", key__isnull=False)
                | (~models.Q(state="open") & models.Q(key__isnull=True)),
                name="evaluation_key_while_open",
            ),
        )

    def __str__(self) -> str:
        return str(self.title)

    @property
    def title(self) -> str:
        """What it is about, in the reader's language; a session by its own title."""
        if self.kind == self.Kind.PULSE and self.day is not None:
            return _now("The day: %(day)s") % {"day": locales.calendar_date(self.day, "full")}
        if self.kind == self.Kind.SESSION:
            return self.session.wording("title") if self.session else _now("A session taken out")
        return _now("The whole workshop")

    @property
    def is_prepared(self) -> bool:
        return self.state == self.State.PREPARED


class Speaker(Record):
    """Somebody with a part in a form's session: questions about speakers are asked for each.

    `number` stands in the names of answers; it stays with the speaker.
    """

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="speakers")
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("speaker asked about")
        ordering = ("number", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("form", "participation"), name="evaluation_speaker_once"
            ),
            models.UniqueConstraint(fields=("form", "number"), name="evaluation_speaker_number"),
        )

    def __str__(self) -> str:
        return str(self.participation)


class Question(Record, Translated):
    """One question of a form.

    With `depends_on` it is asked only where that question was answered by one of the codes in
    `depends_value` (with commas between). The key is what editions are compared by.
    """

    TRANSLATED = ("text",)

    class Kind(models.TextChoices):
        RATING = "rating", _("rating, poor to excellent")
        AGREEMENT = "agreement", _("agreement with a statement")
        ONE = "one", _("one of several")
        SEVERAL = "several", _("several of several")
        YES_NO = "yes_no", _("yes or no")
        NUMBER = "number", _("number from 0 to 10")
        TEXT = "text", _("free text")

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(_("short name"), max_length=40)
    text = models.CharField(_("question"), max_length=300)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=Kind)
    of_speaker = models.BooleanField(_("asked for each speaker"), default=False)
    tells_apart = models.BooleanField(_("results are also told by its answers"), default=False)
    depends_on = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="dependents",
        verbose_name=_("asked only after"),
    )
    depends_value = models.CharField(_("if the answer is"), max_length=200, blank=True, default="")
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("question of an evaluation")
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(fields=("form", "key"), name="evaluation_question_key"),
            models.UniqueConstraint(
                fields=("form",),
                condition=models.Q(tells_apart=True),
                name="evaluation_one_tells_apart",
            ),
            models.CheckConstraint(
                condition=models.Q(depends_on__isnull=True, depends_value="")
                | (models.Q(depends_on__isnull=False) & ~models.Q(depends_value="")),
                name="evaluation_condition_whole",
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
        verbose_name = _("answer offered")
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(fields=("question", "code"), name="evaluation_choice_code"),
        )

    def __str__(self) -> str:
        return self.text
