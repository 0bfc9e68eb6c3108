"""The rounds of a plan: a session each, its groups, and who is in them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.models import Record
from madang.groups.models.plans import GroupPlan
from madang.workshops.models import Participation, Room, Session


class Round(Record):
    """A session that is held in groups. Rounds are in the order of their sessions."""

    plan = models.ForeignKey(GroupPlan, on_delete=models.CASCADE, related_name="rounds")
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="group_round")

    class Meta:
        verbose_name = _("round of groups")
        ordering = ("session__starts_at", "id")

    def __str__(self) -> str:
        return str(self.session)

    @property
    def is_held(self) -> bool:
        """Whether it has begun: from then on its groups are a fact and stay as they are."""
        starts_at = self.session.starts_at
        return starts_at is not None and starts_at <= clock.now()


class Group(Record):
    """One group of a round: where it sits, and who writes down what it concludes."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField(_("number"))
    room = models.ForeignKey(
        Room, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("room"),
    )  # fmt: skip
    place = models.CharField(_("corner or table"), max_length=80, blank=True)
    rapporteur = models.ForeignKey(
        Participation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("rapporteur"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("group")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("round", "number"), name="groups_group_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="groups_group_from_one"),
        )

    def __str__(self) -> str:
        return str(self.number)


class Member(Record):
    """Somebody in a group. Whoever is pinned stays there when the rest is planned anew.

    `moved_at` tells of a change after the plan was published.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="members")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="group_places"
    )
    is_pinned = models.BooleanField(_("pinned"), default=False)
    moved_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("place in a group")
        constraints = (
            models.UniqueConstraint(fields=("round", "participation"), name="groups_member_once"),
        )

    def __str__(self) -> str:
        return f"{self.group_id} {self.participation_id}"
