"""The programme booklet: what it says, as data for its template (`booklet.typ`).

It says what the public pages say. Inside – for those who take part – it introduces the resource
persons with their biographies, which is what these are kept for.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.core import addresses, languages, locales, texts
from madang.core.texts import Wording, Words
from madang.documents import rich_text
from madang.workshops.models import (
    Edition,
    EditionPartner,
    Module,
    Participation,
    ProgrammeVersion,
    Session,
    SessionPerson,
    SiteTravel,
)
from madang.workshops.programme.entries import Programme, RoomEntry, SessionEntry
from madang.workshops.programme.sentences import isolated
from madang.workshops.queries import public, public_people
from madang.workshops.queries.public import EditionRow
from madang.workshops.queries.public_people import PersonShown

TEMPLATE = "workshops/booklet.typ"
FRAME = "documents/frame.typ"
PAPERS = ("a5", "a4")
# A title in the running head stays on its line.
_SHORT = 60

# A text for the template: as it is in the document's language, else `{"text": …, "lang": …}`.
Said = str | dict[str, str]
Data = dict[str, Any]


@dataclass(frozen=True)
class Booklet:
    """Writes the data of one edition's booklet in one language (which must be active).

    `inside` is for those who take part. `readable` says whether there is a font for a text: where
    there is none for somebody's name, their name in Latin letters stands for it.
    """

    edition: Edition
    version: ProgrammeVersion
    programme: Programme
    language: str
    paper: str
    inside: bool
    people: Mapping[UUID, PersonShown]
    readable: Callable[[str], bool]

    def data(self) -> Data:
        edition, programme = self.edition, self.programme
        title = edition.wording("title")
        partners = public.partners(edition.id)
        made = self.version.published_at.astimezone(programme.zone)
        address = addresses.of("workshops:programme", edition.slug)
        return {
            "language": self.language,
            "digits": _digits(self.language),
            "paper": self.paper,
            "words": _words_of_template(self.language),
            "made": [made.year, made.month, made.day, made.hour, made.minute, made.second],
            "plain_title": _("%(title)s: programme") % {"title": title},
            "plain_lead": str(edition.wording("lead")),
            "organisers": [
                str(partner.organisation.wording("name"))
                for partner in partners
                if partner.role == EditionPartner.Role.ORGANISER
            ],
            "series": self._said(edition.series.wording("title")),
            "title": self._said(title),
            "short_title": self._said(_shortened(title)),
            "lead": self._said(edition.wording("lead")),
            "dates": locales.date_range(edition.starts_on, edition.ends_on, None, self.language),
            "place": locales.comma(self.language).join(
                str(part)
                for part in (
                    edition.wording("venue"),
                    edition.wording("city"),
                    edition.country.wording("name"),
                )
                if part
            ),
            "version": _("Version %(number)s of the programme, %(date)s")
            % {
                "number": locales.number(self.version.number),
                "date": locales.calendar_date(made, "long", programme.zone),
            },
            "address": address,
            "shown_address": address.partition("://")[2],
            "partners": self._partners(partners),
            "description": self._rich(edition.wording("description")),
            "modules": self._modules(),
            "days": [self._day(day) for day in programme.days],
            "sessions": [self._session(entry) for entry in programme.sessions if _has_text(entry)],
            "people": [self._person(person) for person in self._resource_persons()],
            "places": self._places(),
        }

    # --- Parts -----------------------------------------------------------------------------------
    def _partners(self, partners: Sequence[EditionPartner]) -> list[Data]:
        groups = []
        for role in EditionPartner.Role:
            names = [
                self._said(partner.organisation.wording("name"))
                for partner in partners
                if partner.role == role
            ]
            if names:
                groups.append({"role": str(role.label).capitalize(), "names": names})
        return groups

    def _modules(self) -> list[Data]:
        described = {module.id: module for module in self.edition.modules.all()}
        texts.prefetch(described.values())
        return [
            {
                "number": module.number,
                "label": locales.number(module.number),
                "title": self._words(module.title),
                "text": self._rich(_description(described.get(module.id))),
                "sessions": _count_sessions(
                    sum(entry.module_id == module.id for entry in self.programme.sessions)
                ),
            }
            for module in self.programme.modules
        ]

    def _day(self, day: date) -> Data:
        return {
            "title": locales.calendar_date(day, "full"),
            "slots": [self._slot(entry) for entry in self.programme.on(day)],
        }

    def _slot(self, entry: SessionEntry) -> Data:
        room = self._room(entry)
        details: list[Said] = []
        if entry.is_cancelled:
            details.append(_("Cancelled"))
        details.append(_kind(entry))
        if room is not None:
            details.append(self._words(room.name))
        if entry.with_sign_up:
            details.append(_("with sign-up"))
        return {
            "id": str(entry.id),
            "start": locales.clock_time(entry.starts_at, self.programme.zone),
            "end": locales.clock_time(entry.ends_at, self.programme.zone),
            "title": self._words(entry.title),
            **self._module_of(entry),
            "details": details,
            "people": [
                self._name(part.participation_id)
                for part in {part.participation_id: part for part in entry.people}.values()
                if part.participation_id in self.people
            ],
            "is_break": entry.is_break,
            "is_cancelled": entry.is_cancelled,
            "has_text": _has_text(entry),
        }

    def _session(self, entry: SessionEntry) -> Data:
        room = self._room(entry)
        facts: list[Said] = [
            locales.calendar_date(entry.starts_at, "day", self.programme.zone),
            locales.time_range(entry.starts_at, entry.ends_at, self.programme.zone),
        ]
        if room is not None:
            facts += [self._words(room.name), self._words(room.site)]
        return {
            "id": str(entry.id),
            "kind": _kind(entry),
            "title": self._words(entry.title),
            **self._module_of(entry),
            "facts": facts,
            "people": self._parts(entry),
            "text": self._rich(entry.description.wording()),
            "is_cancelled": entry.is_cancelled,
        }

    def _parts(self, entry: SessionEntry) -> list[tuple[str, list[Said]]]:
        """People by their part in a session, in the order in which they stand there."""
        found: dict[str, list[Said]] = {}
        for part in entry.people:
            if part.participation_id in self.people:
                role = str(SessionPerson.Role(part.role).label).capitalize()
                found.setdefault(role, []).append(self._name(part.participation_id))
        return list(found.items())

    def _person(self, person: PersonShown) -> Data:
        name = self._name(person.participation_id)
        return {
            "name": name,
            "latin": "" if _is_latin(name) else person.latin_name,
            "position": self._said(self._own(person.position)),
            "organisation": self._said(person.organisation),
            "country": self._said(person.country),
            "text": self._rich(self._own(person.biography) if self.inside else ""),
        }

    def _resource_persons(self) -> list[PersonShown]:
        kind = Participation.Kind.RESOURCE_PERSON
        found = [person for person in self.people.values() if person.kind == kind]
        return sorted(found, key=lambda person: person.sort_key)

    def _places(self) -> list[Data]:
        """Sites with the rooms that the programme uses, and the ways between these sites."""
        used = {entry.room_id for entry in self.programme.sessions}
        sites: dict[UUID, list[RoomEntry]] = {}
        for room in self.programme.rooms:
            if room.id in used:
                sites.setdefault(room.site_id, []).append(room)
        ways = _travel(sites)
        return [
            {
                "name": self._words(rooms[0].site),
                "address": self._words(rooms[0].address),
                "rooms": [
                    {"name": self._words(room.name), "capacity": _capacity(room.capacity)}
                    for room in rooms
                ],
                "ways": [
                    _way(minutes, sites[other][0].site.wording())
                    for other, minutes in ways.get(site, ())
                ],
            }
            for site, rooms in sites.items()
        ]

    # --- Texts -----------------------------------------------------------------------------------
    def _said(self, text: Wording | str) -> Said:
        if not isinstance(text, Wording) or not text:
            return str(text)
        if languages.base(text.language) == languages.base(self.language):
            return str(text)
        return {"text": isolated(text), "lang": languages.base(text.language)}

    def _rich(self, text: Wording | str) -> Data:
        """A text in Markdown: `{"lang": …, "blocks": […]}`, without a language if it is ours."""
        base = languages.base(text.language) if isinstance(text, Wording) else ""
        lang = "" if base == languages.base(self.language) else base
        return {"lang": lang, "blocks": rich_text.tree(text)}

    def _own(self, text: str) -> Wording | str:
        """What somebody says of themselves. Its language is not known, but which way it runs."""
        if _runs(text) in {"", languages.direction(self.language)}:
            return text
        return Wording(text, "en" if _runs(text) == "ltr" else "ar")

    def _words(self, words: Words) -> Said:
        return self._said(words.wording())

    def _name(self, participation_id: UUID) -> str:
        person = self.people[participation_id]
        if person.latin_name and not self.readable(person.name):
            return isolated(person.latin_name)
        return isolated(person.name)

    def _room(self, entry: SessionEntry) -> RoomEntry | None:
        return self.programme.room_by_id.get(entry.room_id)

    def _module_of(self, entry: SessionEntry) -> Data:
        module = self.programme.module_by_id.get(entry.module_id)
        if module is None:
            return {"module": None, "label": ""}
        return {"module": module.number, "label": locales.number(module.number)}


def booklet(
    row: EditionRow,
    language: str,
    paper: str,
    *,
    inside: bool,
    readable: Callable[[str], bool] = lambda _text: True,
) -> Booklet | None:
    """The booklet of what is published; None where nothing is."""
    if row.programme is None or row.published_id is None:
        return None
    with_part = public_people.expected(row).filter(pk__in=row.programme.participation_ids)
    return Booklet(
        edition=public.editions([row.id])[row.id],
        version=public.version(row.published_id),
        programme=row.programme,
        language=language,
        paper=paper,
        inside=inside,
        people={person.participation_id: person for person in public_people.people(with_part)},
        readable=readable,
    )


def _is_latin(name: str) -> bool:
    """Whether a name is in Latin letters, with whatever marks."""
    return all("LATIN" in unicodedata.name(char, "") for char in name if char.isalpha())


def _digits(language: str) -> str:
    own = locales.digits("0123456789", language)
    return own if own != "0123456789" else ""


def _shortened(title: Wording) -> Wording:
    if len(title) <= _SHORT:
        return title
    return Wording(f"{title[:_SHORT].rpartition(' ')[0]} …", title.language)


def _has_text(entry: SessionEntry) -> bool:
    return bool(entry.description) and not entry.is_break


def _kind(entry: SessionEntry) -> str:
    return str(Session.Kind(entry.kind).label).capitalize()


def _description(module: Module | None) -> Wording | str:
    return module.wording("description") if module else ""


def _runs(text: str) -> str:
    """The direction of a text by its first letter: `"rtl"`, `"ltr"`, or empty without one."""
    kinds = (unicodedata.bidirectional(char) for char in text)
    first = next((kind for kind in kinds if kind in {"L", "R", "AL"}), "")
    return {"L": "ltr", "R": "rtl", "AL": "rtl", "": ""}[first]


def _count_sessions(count: int) -> str:
    told = ngettext("%(number)s session", "%(number)s sessions", count)
    return told % {"number": locales.number(count)}


def _capacity(seats: int) -> str:
    if not seats:
        return ""
    return ngettext("%(number)s seat", "%(number)s seats", seats) % {
        "number": locales.number(seats)
    }


def _way(minutes: int, site: str) -> str:
    told = ngettext("%(number)s minute to %(place)s", "%(number)s minutes to %(place)s", minutes)
    return told % {"number": locales.number(minutes), "place": isolated(site)}


def _travel(sites: Iterable[UUID]) -> dict[UUID, list[tuple[UUID, int]]]:
    """From each of these sites to the others: whose way is known, and its minutes (one query)."""
    known = set(sites)
    rows = SiteTravel.objects.filter(Q(first__in=known) & Q(second__in=known))
    found: dict[UUID, list[tuple[UUID, int]]] = {}
    for first, second, minutes in rows.order_by("minutes", "id").values_list(
        "first_id", "second_id", "minutes"
    ):
        found.setdefault(first, []).append((second, minutes))
        found.setdefault(second, []).append((first, minutes))
    return found


def _words_of_template(language: str) -> Mapping[str, str]:
    return {
        "contents": _("Inside"),
        "online": _("The programme with its latest changes:"),
        "about": _("The week"),
        "modules": _("Modules"),
        "programme": _("Programme"),
        "nothing": _("Nothing is planned for this day yet."),
        "sessions": _("Sessions"),
        "cancelled": _("Cancelled"),
        "people": _("Resource persons"),
        "places": _("Places and ways"),
        "notes": _("Notes"),
        "comma": locales.comma(language),
    }
