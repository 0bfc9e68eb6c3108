"""The navigation of an edition on the secretariat's pages."""

from typing import Any

from django import template
from django.template.context import Context

from madang.workshops import desk_pages
from madang.workshops.models import Edition

register = template.Library()


@register.simple_tag(takes_context=True)
def edition_pages(context: Context, edition: Edition) -> dict[str, Any]:
    """The sections of an edition's pages, and the pages of the one that is open."""
    request = context["request"]
    sections, pages = desk_pages.navigation(edition, request.who, request.path)
    return {"sections": sections, "pages": pages}
