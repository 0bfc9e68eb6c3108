"""Background work whose progress a page shows."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.core.models.base import Record


class Job(Record):
    """One piece of work, of a registered kind, for the account that asked for it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("at work")
        DONE = "done", _("done")
        FAILED = "failed", _("did not succeed")

    kind = models.CharField(max_length=80, editable=False)
    title = models.CharField(_("what"), max_length=200)
    owner_id = models.UUIDField(null=True, db_index=True, editable=False)
    arguments = models.JSONField(default=dict, editable=False)
    # What is said of the job is in the language of who asked for it.
    language = models.CharField(max_length=12, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField(_("started"), null=True)
    heard_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    result_url = models.CharField(max_length=300, blank=True)
    result_label = models.CharField(max_length=200, blank=True)
    reference = models.CharField(_("reference"), max_length=12, blank=True)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=("waiting", "running"), finished_at__isnull=True)
                | models.Q(state__in=("done", "failed"), finished_at__isnull=False),
                name="core_job_finished_has_moment",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("core:job", args=(self.pk,))

    @property
    def is_finished(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}
