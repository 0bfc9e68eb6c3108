"""Releases: what the organiser tells the press and the public."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core import approvals
from madang.core.models import Approval, Record
from madang.core.texts import Translated
from madang.core.transitions import Text, Transition
from madang.workshops.models import Edition


def _may_go_out(release: "Release") -> Text | None:
    approved = approvals.approved(release)
    if approved is None:
        return _("A director approves it first.")
    if approved.pk != release.published_id:
        return None
    if release.state == Release.State.WITHDRAWN:
        return _("It was withdrawn: a director approves it again first.")
    return _("What the director approved is published already.")


class Release(Record, Translated):
    """A press release, a summary or an announcement.

    The row is what the secretariat writes on; what the public reads is the content that a director
    approved (`published`), which never changes. A correction is a new approval.
    """

    TRANSLATED = ("title", "lead", "body")

    class Kind(models.TextChoices):
        PRESS_RELEASE = "press_release", _("press release")
        SUMMARY = "summary", _("summary")
        ANNOUNCEMENT = "announcement", _("announcement")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    edition = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="releases",
        verbose_name=_("edition"),
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind, default=Kind.PRESS_RELEASE)
    number = models.CharField(_("number"), max_length=40, blank=True, default="")
    title = models.CharField(_("title"), max_length=200)
    lead = models.CharField(_("in one sentence"), max_length=400, blank=True, default="")
    body = models.TextField(_("text"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    published = models.ForeignKey(
        Approval, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    published_at = models.DateTimeField(_("published"), null=True, editable=False)

    publish = Transition(
        "state",
        sources=(State.DRAFT, State.PUBLISHED, State.WITHDRAWN),
        target=State.PUBLISHED,
        label=_("Publish"),
        audit="release.published",
        guard=_may_go_out,
    )
    withdraw = Transition(
        "state",
        sources=(State.PUBLISHED,),
        target=State.WITHDRAWN,
        label=_("Withdraw"),
        audit="release.withdrawn",
    )

    class Meta:
        verbose_name = _("release")
        ordering = ("-published_at", "-created_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("number",), condition=~models.Q(number=""), name="newsroom_release_number"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published")
                | models.Q(published__isnull=False, published_at__isnull=False),
                name="newsroom_release_published_is_approved",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Attachment(Record):
    """A file that goes with a release; the file itself is a `StoredFile` that this row owns.

    `is_public` says that a director approved it with the text that the public reads now.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="attachments")
    is_public = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("attachment")
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return f"{self.release_id}"

    @property
    def edition_id(self) -> UUID | None:
        """The edition of its release, in whose history it belongs."""
        return self.release.edition_id
