"""The navigation of an edition on the secretariat's pages."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.workshops.models import Edition

register = template.Library()


@register.simple_tag
def edition_pages(edition: Edition) -> list[tuple[str, str]]:
    """The second-level pages of an edition, each with its address."""
    pages = (
        ("edition", _("Overview")),
        ("sessions", _("Programme")),
        ("timetable", _("Timetable")),
        ("publish", _("Publish")),
        ("people", _("People")),
        ("materials", _("Materials")),
        ("places", _("Places")),
        ("recommendations", _("Recommendations")),
        ("settings", _("Settings")),
        ("history", _("History")),
    )
    return [(reverse(f"manage:{name}", args=[edition.slug]), label) for name, label in pages]
