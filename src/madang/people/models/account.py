"""Accounts: who signs in."""

from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.models import Record
from madang.core.policies import EVERYWHERE, Scopes
from madang.people.models.person import Person


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; an address is kept in lower case, so that it is found however it is typed."""

    def create_user(self, email: str, person: Person, password: str | None = None) -> "Account":
        account = self.model(email=email.strip().lower(), person=person)
        account.set_password(password)
        account.save()
        return account

    def get_by_natural_key(self, email: str | None) -> "Account":
        return self.get(email=(email or "").strip().lower())


class Account(AbstractBaseUser, Record):
    """A person's way to sign in. What they may do comes from their roles."""

    email = models.EmailField(_("e-mail address"), unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField(_("may sign in"), default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = AccountManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return str(self.person)

    @property
    def audit_id(self) -> UUID:
        return self.id

    @cached_property
    def _scopes_by_kind(self) -> dict[str, set[UUID | None]]:
        """The scopes of the roles that are in force now, by kind; read once for each request."""
        found: dict[str, set[UUID | None]] = {}
        for kind, scope in self.roles.in_force(clock.now()).values_list("kind", "scope_id"):
            found.setdefault(kind, set()).add(scope)
        return found

    def scopes(self, *kinds: str) -> Scopes:
        """Where any of these kinds of role is held now (see `core.policies.Who`)."""
        if not self.is_active:
            return frozenset()
        held: set[Any] = set()
        for kind in kinds:
            held |= self._scopes_by_kind.get(kind, set())
        return EVERYWHERE if None in held else frozenset(held)

    def role_kinds(self) -> frozenset[str]:
        """Every kind of role that is held anywhere now."""
        return frozenset(self._scopes_by_kind)

    def forget_roles(self) -> None:
        """Let the next question read the roles afresh."""
        self.__dict__.pop("_scopes_by_kind", None)
