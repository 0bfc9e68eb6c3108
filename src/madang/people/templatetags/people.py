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


@register.simple_tag(takes_context=True)
def account_tabs(context: Context) -> list[dict[str, Any]]:
    """Tabs of the pages about one's own account, the current one marked."""
    path = context["request"].path
    current = _current(path)
    return [
        {
            "url": reverse(name),
            "label": label,
            "current": ("page" if path == reverse(name) else "true") if name == current else "",
        }
        for name, label in ACCOUNT_PAGES
    ]


def _current(path: str) -> str:
    """The page that a path is, or is below; password, address and the like are about signing in."""
    overview, *others = [name for name, _label in ACCOUNT_PAGES]
    if path == reverse(overview):
        return overview
    return next((name for name in others if path.startswith(reverse(name))), "mfa_index")


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
