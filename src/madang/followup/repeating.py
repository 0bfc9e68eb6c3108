"""What the follow-up takes over when an edition is run again."""

from django.utils.translation import gettext_lazy as _

from madang.followup.actions.asking import MONTHS, months_after
from madang.followup.models import FollowUp, Round
from madang.workshops.actions.repeat import Copying, Part


def _follow_up(copying: Copying) -> None:
    """The window on the same days of the week's course, and rounds after the new edition."""
    made = copying.copy(
        FollowUp.objects.filter(edition=copying.source),
        lambda follow_up: {
            "edition_id": copying.target.pk,
            "opens_at": copying.moment(follow_up.opens_at),
            "closes_at": copying.moment(follow_up.closes_at),
        },
    )
    if made:
        Round.objects.bulk_create(
            Round(
                edition=copying.target,
                months=months,
                opens_on=months_after(copying.target.ends_on, months),
                version=1,
            )
            for months in MONTHS
        )


PARTS = (
    Part(
        "follow_up",
        _("Follow-up"),
        _("when action plans are made, and when people are asked what became of them"),
        _follow_up,
    ),
)
