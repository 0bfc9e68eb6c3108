"""Tests of an edition: before the week and after it, their items, and what came out."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.models import Record
from madang.core.transitions import Text, Transition
from madang.learning.models.bank import ItemVersion
from madang.workshops.models import Edition, Module


def _seed() -> int:
    return secrets.randbelow(2**31)


def _can_be_published(exam: "Exam") -> Text | None:
    """Nothing is offered that can't be answered, or compared with the other test."""
    if exam.opens_at is None or exam.closes_at is None:
        return _("Say from when until when it can be taken.")
    if exam.closes_at <= max(exam.opens_at, clock.now()):
        return _("It has to end after it begins, and not before now.")
    if not exam.items.exists():
        return _("Choose questions first.")
    other = Exam.objects.filter(edition=exam.edition_id).exclude(pk=exam.pk).first()
    if other is not None and other.opens_at and other.closes_at:
        first, second = (exam, other) if exam.kind == Exam.Kind.PRE else (other, exam)
        if second.opens_at < first.closes_at:
            return _("The test after the week begins only once the one before it is closed.")
    return _forms_are_equal(exam)


def _forms_are_equal(exam: "Exam") -> Text | None:
    """Both forms ask as much of each module, so that their results can be compared."""
    counts = {form: sorted(_modules(exam, form), key=str) for form in (Form.A, Form.B)}
    if counts[Form.A] != counts[Form.B]:
        return _("Forms A and B need as many questions of each module.")
    return None


def _modules(exam: "Exam", form: str) -> list[object]:
    return list(exam.items.filter(form=form).values_list("module", flat=True))


def _nobody_began(exam: "Exam") -> Text | None:
    if exam.sittings.exists():
        return _("Somebody has begun: what they were asked stays as it is.")
    return None


def _is_over(exam: "Exam") -> Text | None:
    if exam.closes_at is None or clock.now() < exam.closes_at:
        return _("It can still be taken.")
    return None


class Form(models.TextChoices):
    """Who is asked an item: everybody, or those who have one of two parallel forms."""

    BOTH = "", _("everybody")
    A = "a", _("form A")
    B = "b", _("form B")


class Exam(Record):
    """A test of an edition. Who has form A before the week has form B after it.

    Once its time is over it is frozen: its results are worked out once, for good, so that nobody
    can tell somebody's answers by comparing results from before and after they handed in.
    """

    class Kind(models.TextChoices):
        PRE = "pre", _("test before the week")
        POST = "post", _("test after the week")

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        PUBLISHED = "published", _("published")
        FROZEN = "frozen", _("closed, results frozen")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="exams")
    kind = models.CharField(_("which"), max_length=4, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    opens_at = models.DateTimeField(_("from"), null=True, blank=True)
    closes_at = models.DateTimeField(_("until"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("takes about (minutes)"), default=10)
    seed = models.PositiveIntegerField(default=_seed, editable=False)

    publish = Transition(
        "state",
        sources=(State.DRAFT,),
        target=State.PUBLISHED,
        label=_("Publish"),
        audit="exam.published",
        guard=_can_be_published,
    )
    take_back = Transition(
        "state",
        sources=(State.PUBLISHED,),
        target=State.DRAFT,
        label=_("Take back"),
        audit="exam.taken_back",
        guard=_nobody_began,
    )
    freeze = Transition(
        "state",
        sources=(State.PUBLISHED,),
        target=State.FROZEN,
        label=_("Freeze the results"),
        audit="exam.frozen",
        guard=_is_over,
    )

    class Meta:
        verbose_name = _("test")
        ordering = ("edition", "-kind")
        constraints = (
            models.UniqueConstraint(fields=("edition", "kind"), name="learning_exam_kind_once"),
        )

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def unfit(self) -> Text | None:
        """Why it can't be offered as it is; None where it can."""
        return _can_be_published(self)

    @property
    def is_open(self) -> bool:
        """Whether it can be taken now."""
        return (
            self.state == self.State.PUBLISHED
            and self.opens_at is not None
            and self.closes_at is not None
            and self.opens_at <= clock.now() < self.closes_at
        )

    @property
    def is_over(self) -> bool:
        """Whether its time has come and gone."""
        return self.state != self.State.DRAFT and _is_over(self) is None


class ExamItem(Record):
    """A question of a exam: the version that is asked, and the module that it tells of."""

    exam = models.ForeignKey(Exam, on_delete=models.CASCADE, related_name="items")
    version_asked = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="uses")
    module = models.ForeignKey(
        Module, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    form = models.CharField(_("asked of"), max_length=1, choices=Form, blank=True, default="")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("question of a test")
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("exam", "version_asked"), name="learning_item_once_in_exam"
            ),
        )

    def __str__(self) -> str:
        return str(self.version_asked)


class Result(Record):
    """What came out of a test, of more than four people and of nobody; never changed again.

    `content` is an `analysis.results.TestResult`; `gain`, with the test after the week, an
    `analysis.results.LearnedResult`.
    """

    exam = models.OneToOneField(Exam, on_delete=models.CASCADE, related_name="result")
    content = models.JSONField(editable=False)
    gain = models.JSONField(null=True, editable=False)

    class Meta:
        verbose_name = _("frozen result")

    def __str__(self) -> str:
        return str(self.exam)
