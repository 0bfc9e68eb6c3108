"""Roles: what an account may do, where, and until when."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.models import Record
from madang.people.models.account import Account


class RoleQuerySet(models.QuerySet["Role"]):
    """Questions about roles."""

    def in_force(self, moment: datetime) -> "RoleQuerySet":
        """Roles held at a moment; a delegated one only while the one it comes from is held."""
        begun = models.Q(starts_at__lte=moment)
        unended = models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=moment)
        origin_begun = models.Q(delegated_from__isnull=True) | models.Q(
            delegated_from__starts_at__lte=moment
        )
        origin_unended = models.Q(delegated_from__ends_at__isnull=True) | models.Q(
            delegated_from__ends_at__gt=moment
        )
        return self.filter(begun, unended, origin_begun, origin_unended)


class Role(Record):
    """A kind of role, held by an account in one scope (an edition, a country, an institute …).

    Without a scope it holds for the whole installation. A role ends at a moment rather than being
    deleted, so that the past can be explained. Kinds are registered in `people.roles`.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(_("role"), max_length=40)
    scope_model = models.CharField(max_length=80, blank=True, default="")
    scope_id = models.UUIDField(null=True, blank=True)
    starts_at = models.DateTimeField(_("from"), default=clock.now)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    delegated_from = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="delegations"
    )

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gte=models.F("starts_at")),
                name="people_role_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(scope_id__isnull=True, scope_model="")
                | models.Q(scope_id__isnull=False) & ~models.Q(scope_model=""),
                name="people_role_scope_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(delegated_from__isnull=True) | models.Q(ends_at__isnull=False),
                name="people_role_delegation_ends",
            ),
            models.UniqueConstraint(
                fields=("account", "kind", "scope_id"),
                condition=models.Q(ends_at__isnull=True, scope_id__isnull=False),
                name="people_role_once_in_scope",
            ),
            models.UniqueConstraint(
                fields=("account", "kind"),
                condition=models.Q(ends_at__isnull=True, scope_id__isnull=True),
                name="people_role_once_everywhere",
            ),
        )
        indexes = (models.Index(fields=("kind", "scope_id"), name="people_role_kind_scope"),)

    def __str__(self) -> str:
        return f"{self.kind} of {self.account_id}"

    def is_in_force(self, moment: datetime | None = None) -> bool:
        """Whether the role is held at a moment (now)."""
        moment = moment or clock.now()
        own = self.starts_at <= moment and (self.ends_at is None or self.ends_at > moment)
        return own and (self.delegated_from is None or self.delegated_from.is_in_force(moment))
