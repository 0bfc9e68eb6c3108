"""Madang's own template language: the components, and texts, dates and numbers by locale.

Builtin in every template. Each component is a template in `templates/components/`, with its
contract at its top; `docs/develop/look.md` lists them and `/style/` shows them in every state.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.forms import BaseForm, BoundField
from django.forms.utils import ErrorList
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from madang.core import form_errors, locales
from madang.site import markup

register = template.Library()

MODULE_HUES = 4


# --- Texts ----------------------------------------------------------------------------------------
@register.filter
def wording(value: Any, field: str = "") -> str:
    """A text marked with its language where that is not the page's.

    `{{ session|wording:"title" }}` for a thing that has languages, `{{ text|wording }}` for a text.
    """
    text = value.wording(field) if field else value
    return markup.in_its_language(text, conditional_escape(text), element="span")


@register.filter
def plain_wording(value: Any, field: str) -> str:
    """The text alone, for a `<title>` or an attribute: `{{ session|plain_wording:"title" }}`."""
    return str(value.wording(field))


@register.filter
def markdown(value: Any, level: int = 3) -> str:
    """Text in Markdown as HTML; its first heading becomes an `h3`, or an h of `level`.

    A `Wording` in another language than the page's is marked as such.
    """
    return markup.in_its_language(value, markup.from_markdown(str(value or ""), level), "div")


@register.filter
def wording_markdown(value: Any, field: str) -> str:
    """`wording` and `markdown` in one: `{{ edition|wording_markdown:"description" }}`."""
    return markdown(value.wording(field))


@register.filter
def person_name(value: Any) -> str:
    """A person's name, kept apart from the direction of the text around it."""
    return format_html("<bdi>{}</bdi>", value)


# --- Dates, times and numbers ---------------------------------------------------------------------
@register.filter
def localdate(value: date | datetime | None, style: str = "long") -> str:
    """A date in the reader's calendar; styles: full, long, short, day, month."""
    return locales.calendar_date(value, style) if value else ""


@register.filter
def localtime(value: time | datetime | None) -> str:
    """A time of day, in the time zone that is active."""
    return locales.clock_time(value) if value else ""


@register.filter
def localmoment(value: datetime | None) -> str:
    """A date and a time of day."""
    if not value:
        return ""
    # The comma differs between languages too.
    return gettext("%(day)s, %(hours)s") % {
        "day": locales.calendar_date(value, "short"),
        "hours": locales.clock_time(value),
    }


@register.filter
def number(value: locales.Number | None, places: int | None = None) -> str:
    """A number with the reader's digits and separators; nothing for None."""
    return "" if value is None else locales.number(value, places)


@register.simple_tag
def comma() -> str:
    """What stands between two things of a list: `{{ city }}{% comma %}{{ country }}`."""
    return locales.comma()


@register.filter
def percent(fraction: locales.Number | None, places: int = 0) -> str:
    """A fraction as a percentage; nothing for None."""
    return "" if fraction is None else locales.percent(fraction, places)


@register.filter
def digits(value: Any) -> str:
    """A text (a room, a version) with the reader's digits."""
    return locales.digits(str(value))


@register.filter
def sentences(errors: ErrorList) -> list[str]:
    """What is wrong with a field, in words and in the reader's digits."""
    return form_errors.sentences(errors)


@register.filter
def filesize(count: int | None) -> str:
    """A number of bytes for people."""
    return "" if count is None else locales.size(count)


@register.simple_tag
def timerange(start: datetime, end: datetime, zone: str | ZoneInfo | None = None) -> str:
    """From when to when on one day: `{% timerange session.start session.end zone %}`."""
    return locales.time_range(start, end, _zone(zone))


@register.simple_tag
def daterange(start: date, end: date, zone: str | ZoneInfo | None = None) -> str:
    """From which day to which: `{% daterange edition.starts_on edition.ends_on %}`."""
    return locales.date_range(start, end, _zone(zone))


@register.simple_tag
def moment(value: datetime, style: str = "short", zone: str | ZoneInfo | None = None) -> str:
    """A `<time>` with date and time of day, for machines and for people."""
    place = _zone(zone)
    day, hours = locales.calendar_date(value, style, place), locales.clock_time(value, place)
    words = locales.listed([day, hours])
    return format_html('<time datetime="{}">{}</time>', locales.iso_zone(value, place), words)


def _zone(zone: str | ZoneInfo | None) -> ZoneInfo | None:
    return ZoneInfo(zone) if isinstance(zone, str) and zone else zone or None


# --- Components that hold other content ----------------------------------------------------------
@register.simple_block_tag
def page_head(
    content: str, title: Any, *, eyebrow: Any = "", lead: Any = "", work: bool = False,
    emblem: bool = False,
) -> SafeString:  # fmt: skip
    """The head of a page; inside: its actions. `work=True` is the tight one of working pages."""
    words = {"title": title, "eyebrow": eyebrow, "lead": lead}
    return _part("page_head", content, **words, work=work, emblem=emblem)


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: Any = "") -> SafeString:
    """Something to know: info, good, warn or bad."""
    return _part("notice", content, kind=kind, title=title)


@register.simple_block_tag
def proof(content: str, claim: Any) -> SafeString:
    """A claim with its proof inside."""
    return _part("proof", content, claim=claim)


@register.simple_block_tag
def empty(content: str, title: Any) -> SafeString:
    """What will be here; inside: how to start."""
    return _part("empty", content, title=title)


@register.simple_block_tag
def table(content: str, caption: Any, *, heard: bool = False) -> SafeString:
    """A table that scrolls on its own; `heard=True` keeps the caption for screen readers only."""
    return _part("table", content, caption=caption, heard=heard)


@register.simple_block_tag
def fieldset(content: str, legend: Any, hint: Any = "") -> SafeString:
    """Fields that belong together."""
    return _part("fieldset", content, legend=legend, hint=hint)


def _part(name: str, content: str, **context: Any) -> SafeString:
    content = mark_safe(content.strip())  # noqa: S308 - rendered by the template around it
    return render_to_string(f"components/{name}.html", {"content": content, **context})


# --- Components ---------------------------------------------------------------------------------
@register.simple_tag
def icon(name: str, label: Any = "") -> SafeString:
    """A drawing from `static/icons.svg`; with a `label` where no word stands beside it."""
    turn = " turn" if name in {"forward", "back", "sign-out"} else ""
    address = f"{static('icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon{}" role="img" aria-label="{}"><use href="{}"/></svg>',
            turn, label, address,
        )  # fmt: skip
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}"/></svg>', turn, address
    )


@register.inclusion_tag("components/pair.html")
def pair(label: Any, value: Any) -> dict[str, Any]:
    """One entry of a `<dl class="facts">` or `<dl class="pairs">`."""
    return {"label": label, "value": value}


@register.inclusion_tag("components/chip.html")
def chip(kind: str, text: Any) -> dict[str, Any]:
    """A state: a shape, a colour and a word. Kinds: good, wait, warn, bad, pin, off, now."""
    return {"kind": kind, "text": text}


@register.inclusion_tag("components/module_tag.html")
def module_tag(position: int, name: Any = "") -> dict[str, Any]:
    """A module by its number, shape and hue, with or without its name."""
    return {"position": position, "hue": module_hue(position), "name": name}


@register.filter
def module_hue(position: int | None) -> str:
    """The class that carries a module's hue and shape: `m1` … `m4`, then again from the first."""
    return f"m{(int(position) - 1) % MODULE_HUES + 1}" if position else ""


@register.inclusion_tag("components/tabs.html", takes_context=True)
def tabs(context: Context, items: Iterable[Any], label: Any, kind: str = "") -> dict[str, Any]:
    """A row of links, one of them current.

    Items are `(url, label)` or have `url`, `label` and perhaps `current` and `count`. Where none
    says that it is current, the one whose address is this page's, or is the nearest above it, is.
    """
    entries = [_entry(item) for item in items]
    request = context.get("request")
    if request is not None and not any(entry["current"] for entry in entries):
        _mark_current(entries, request.path)
    return {"items": entries, "label": label, "kind": kind}


def _entry(item: Any) -> dict[str, Any]:
    if isinstance(item, tuple | list):
        return {"url": item[0], "label": item[1], "current": "", "count": None}
    read = item.get if isinstance(item, Mapping) else lambda name: getattr(item, name, None)
    current = read("current")
    return {
        "url": read("url"),
        "label": read("label"),
        "current": "page" if current is True else current or "",
        "count": read("count"),
    }


def _mark_current(entries: list[dict[str, Any]], path: str) -> None:
    above = [entry for entry in entries if path.startswith(str(entry["url"]))]
    if above:
        nearest = max(above, key=lambda entry: len(str(entry["url"])))
        nearest["current"] = "page" if nearest["url"] == path else "true"


@register.inclusion_tag("components/slot.html")
def slot(
    start: datetime, end: datetime, title: Any, *, url: str = "", module: int | None = None,
    details: Iterable[Any] = (), note: Any = "", now: bool = False, gone: bool = False,
    zone: str | ZoneInfo | None = None,
) -> dict[str, Any]:  # fmt: skip
    """One session in an `<ol class="slots">`."""
    place = _zone(zone)
    return {
        "start": locales.clock_time(start, place), "end": locales.clock_time(end, place),
        "start_code": locales.clock_time(start, place, "en"),
        "end_code": locales.clock_time(end, place, "en"),
        "title": title, "url": url, "module": module, "hue": module_hue(module),
        "details": [detail for detail in details if detail], "note": note, "now": now, "gone": gone,
    }  # fmt: skip


@register.inclusion_tag("components/quota.html")
def quota(
    label: Any, have: int, *, total: int, at_least: int | None = None, at_most: int | None = None
) -> dict[str, Any]:
    """An amount against its bound, out of `total`: met, tight (just at the bound) or short."""
    bound = at_least if at_least is not None else at_most
    state = ""
    if bound is not None:
        missed = have < bound if at_least is not None else have > bound
        state = "short" if missed else "tight" if have == bound else ""
    return {
        "label": label, "have": have, "bound": bound, "total": total, "state": state,
        "sign": "≥" if at_least is not None else "≤",
        "filled": _share(have, total), "mark": None if bound is None else _share(bound, total),
    }  # fmt: skip


def _share(part: int, total: int) -> str:
    """Percent for an SVG attribute: never localised, never beyond the bar."""
    return f"{max(0.0, min(100.0, 100 * part / total)) if total else 0:.4g}"


@register.inclusion_tag("components/task.html")
def progress(label: Any, done: int = 0, total: int | None = None, note: Any = "") -> dict[str, Any]:
    """How far a task has come; without `total`, that it is under way."""
    return {"label": label, "done": done, "total": total, "note": note}


@register.inclusion_tag("components/sort.html", takes_context=True)
def sort(
    context: Context, key: str, label: Any, *, default: str = "", kind: str = ""
) -> dict[str, Any]:
    """A column's header that sorts by `?sort=key` and `?sort=-key`.

    `default` is "ascending" or "descending" on the column by which the list is sorted unasked.
    `kind` is "n" for figures and "fold" for a column that vanishes on a phone.
    """
    request = context.get("request")
    asked = request.GET.get("sort", "") if request is not None else ""
    order = {key: "ascending", f"-{key}": "descending"}.get(asked, "" if asked else default)
    turned = f"-{key}" if order == "ascending" else key
    return {"request": request, "label": label, "order": order, "next": turned, "kind": kind}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, rows: Any) -> dict[str, Any]:
    """The pages of a list; `rows` is a `Page` of Django's paginator. Nothing for a single page."""
    numbers = rows.paginator.get_elided_page_range(rows.number, on_each_side=2, on_ends=1)
    return {"request": context.get("request"), "rows": rows, "numbers": list(numbers)}


# --- Forms ----------------------------------------------------------------------------------------
@register.inclusion_tag("components/form.html")
def form(
    form: BaseForm, submit: Any, *, action: str = "", cancel: str = "", danger: bool = False
) -> dict[str, Any]:
    """A whole form: what is wrong, the fields, and a button that says what happens."""
    return {
        "form": form, "submit": submit, "action": action, "cancel": cancel, "danger": danger,
    }  # fmt: skip


@register.inclusion_tag("components/errors.html")
def errors(*forms: BaseForm) -> dict[str, Any]:
    """What is wrong in these forms, each line leading to its field."""
    found = [{"url": "", "label": "", "text": text} for form in forms for text in _general(form)]
    for each in forms:
        for bound in each.visible_fields():
            found += [
                {"url": f"#{_anchor(bound)}", "label": bound.label, "text": text}
                for text in form_errors.sentences(bound.errors)
            ]
    return {"found": found}


def _general(form: BaseForm) -> list[str]:
    """Errors of the form itself, and those of fields that nobody sees."""
    lists = [form.non_field_errors(), *(bound.errors for bound in form.hidden_fields())]
    return [text for errors in lists for text in form_errors.sentences(errors)]


def _anchor(bound: BoundField) -> str:
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.auto_id


@register.inclusion_tag("components/filters.html")
def filters(form: BaseForm, submit: Any = "") -> dict[str, Any]:
    """Filters of a list, kept in the address (a GET form)."""
    used = form.is_bound and any(form.data.get(form.add_prefix(name)) for name in form.fields)
    return {"form": form, "submit": submit, "used": used}
