"""Questions about releases."""

from django.db.models import QuerySet

from madang.core import clock
from madang.core.models import StoredFile
from madang.core.policies import Who
from madang.newsroom import rules
from madang.newsroom.models import Attachment, Release
from madang.people.holders import holders, sorted_by_name
from madang.people.models import Account


def readable(who: Who) -> QuerySet[Release]:
    """What the public can read, the newest first, with the content that was approved."""
    found = rules.read.visible(who, Release.objects.select_related("published"))
    return found.order_by("-published_at", "-id")


def overseen(who: Who) -> QuerySet[Release]:
    """Every release that the secretariat or a director looks after, the newest first."""
    written = Release.objects.filter(created_at__lte=clock.now())
    return rules.oversee.visible(who, written).order_by("-created_at", "-id")


def files_of(release: Release) -> QuerySet[StoredFile]:
    """Every attached file, approved or not, the oldest first."""
    return _files(release.attachments.all())


def public_files_of(release: Release) -> QuerySet[StoredFile]:
    """Those that the public reads with a release."""
    return _files(release.attachments.filter(is_public=True))


def _files(attachments: QuerySet[Attachment]) -> QuerySet[StoredFile]:
    owned = StoredFile.objects.filter(owner_model=Attachment._meta.label_lower)
    return owned.filter(owner_id__in=attachments.order_by().values("pk")).order_by(
        "created_at", "id"
    )


def sorted_directors(release: Release, *, besides: Who) -> list[Account]:
    """Those who could approve a release, by name; whoever writes it can't."""
    others = holders("director", release.edition_id).exclude(pk=besides.audit_id)
    return sorted_by_name(others)
