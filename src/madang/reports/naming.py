"""Names put into a description, as each person agrees to be shown, at the moment it is read.

For a reader outside, only those are named who agreed to be named in public; among those who take
part, everybody. E-mail addresses stand only where somebody shares theirs.
"""

import copy
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.core import locales
from madang.people.models import Consent
from madang.reports import blocks
from madang.reports.models import Report
from madang.workshops.models import Participation
from madang.workshops.queries import public_people
from madang.workshops.queries.public_people import PersonShown

_HEADINGS = {
    "name": lambda: _("Name"),
    "position": lambda: _("Position"),
    "organisation": lambda: _("Organisation"),
    "country": lambda: _("Country"),
    "kind": lambda: _("Takes part as"),
    "email": lambda: _("E-mail"),
}


def named(content: dict[str, Any], language: str) -> dict[str, Any]:
    """What the report says in a language (which must be active), with names (four queries)."""
    said = copy.deepcopy(content["languages"][language])
    shown = _shown(_ids(said), for_everyone=content["audience"] == Report.Audience.EVERYONE)
    for part in said["parts"]:
        part["blocks"] = [made for block in part["blocks"] for made in _block(block, shown)]
    return {**said, "kind": content["kind"], "audience": content["audience"]}


def _ids(said: dict[str, Any]) -> set[UUID]:
    found = set()
    for part in said["parts"]:
        for block in part["blocks"]:
            found |= {UUID(one) for one in block.get("ids", ())}
            if block["kind"] == "table":
                cells = [cell for row in block["rows"] for cell in row if isinstance(cell, dict)]
                found |= {UUID(cell["person"]) for cell in cells}
    return found


def _shown(ids: set[UUID], *, for_everyone: bool) -> dict[str, PersonShown]:
    given = Consent.objects.filter(person=OuterRef("person"), withdrawn_at=None)
    rows = Participation.objects.filter(pk__in=ids).annotate(
        is_public=Exists(given.filter(purpose=Consent.Purpose.PUBLIC_NAME)),
        shares_contact=Exists(given.filter(purpose=Consent.Purpose.SHARED_CONTACT)),
    )
    if for_everyone:
        rows = rows.filter(is_public=True)
    return {str(one.participation_id): one for one in public_people.people(rows) if one.name}


def _block(block: dict[str, Any], shown: dict[str, PersonShown]) -> list[dict[str, Any]]:
    if block["kind"] == "people":
        return _list(block, shown)
    if block["kind"] == "table":
        block["rows"] = [[_cell(cell, shown) for cell in row] for row in block["rows"]]
    return [block]


def _cell(cell: Any, shown: dict[str, PersonShown]) -> str:
    if not isinstance(cell, dict):
        return str(cell)
    person = shown.get(cell["person"])
    return person.name if person is not None else "–"


def _list(block: dict[str, Any], shown: dict[str, PersonShown]) -> list[dict[str, Any]]:
    people = sorted(
        (shown[one] for one in block["ids"] if one in shown), key=lambda it: it.sort_key
    )
    fields = [name for name in block["fields"] if name in _HEADINGS]
    # A column in which nobody has anything says nothing.
    fields = [name for name in fields if any(_value(one, name) for one in people)]
    found = []
    if people:
        headings = [_HEADINGS[name]() for name in fields]
        rows = [[_value(one, name) for name in fields] for one in people]
        found.append(blocks.table(block["caption"], headings, rows))
    missing = len(block["ids"]) - len(people)
    if missing:
        said = ngettext(
            "%(number)s person is counted, and not named.",
            "%(number)s people are counted, and not named.",
            missing,
        )
        found.append(blocks.sentence(said % {"number": locales.number(missing)}))
    return found


def _value(person: PersonShown, name: str) -> str:
    if name == "kind":
        return capfirst(person.kind_label)
    return str(getattr(person, name))
