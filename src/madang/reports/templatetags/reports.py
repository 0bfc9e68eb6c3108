"""Blocks of a report on a page."""

from typing import Any

from django import template

from madang.core.charts import Chart
from madang.core.texts import Wording
from madang.reports import blocks

register = template.Library()


@register.simple_tag
def chart_of(block: dict[str, Any]) -> Chart:
    """The chart of a block, for `{% chart %}`."""
    return blocks.chart_of(block)


@register.filter
def repeats(caption: str, title: str) -> bool:
    """Whether a caption says again what stands above it."""
    return caption == title


@register.simple_tag
def prose_of(block: dict[str, Any]) -> str:
    """The text of a block, which knows its language, for `|markdown`."""
    return Wording(block["text"], block["language"]) if block["language"] else block["text"]
