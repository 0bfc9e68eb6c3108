"""Navigation of the pages of one's account, and of what the secretariat manages across editions."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madang.people.middleware import has_strong_sign_in, needs_strong_sign_in

register = template.Library()

Tab = tuple[str, str | Promise]

ACCOUNT_PAGES = (
    ("people:account", _("Overview")),
    ("people:profile", _("Profile")),
    ("mfa_index", _("Signing in")),
    ("people:roles", _("Roles")),
    ("people:privacy", _("Privacy")),
)
MANAGE_PAGES = (
    ("people_manage:accounts", _("Accounts")),
    ("people_manage:countries", _("Countries")),
    ("people_manage:organisations", _("Organisations")),
)


@register.simple_tag
def account_tabs() -> list[Tab]:
    """Tabs of the pages about one's own account."""
    return [(reverse(name), label) for name, label in ACCOUNT_PAGES]


@register.simple_tag
def manage_tabs() -> list[Tab]:
    """Tabs of accounts, countries and organisations."""
    return [(reverse(name), label) for name, label in MANAGE_PAGES]


@register.simple_tag(takes_context=True)
def own_sign_in(context: Context) -> dict[str, Any]:
    """How the person who asks signs in: email, has_password, strong, needs_strong."""
    account = context["request"].who
    return {
        "email": account.email,
        "has_password": account.has_usable_password(),
        "strong": has_strong_sign_in(account),
        "needs_strong": needs_strong_sign_in(account),
    }
