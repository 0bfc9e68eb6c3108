"""Editions and their programmes as data for other programs: the shapes, and how they are filled.

Only what the public sees, and only the names of people with a part in the programme. A text is a
string where one language is asked for, else an object with every language that it is given in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page
from django.urls import reverse
from ninja import Field, Schema

from madang.core import addresses
from madang.core.texts import Translated, Words
from madang.workshops.models import Edition, ProgrammeVersion, SessionPerson
from madang.workshops.programme import history
from madang.workshops.programme.entries import SessionEntry
from madang.workshops.queries import public, public_people
from madang.workshops.queries.public import EditionRow

Text = str | dict[str, str]


# --- Shapes --------------------------------------------------------------------------------------
class Country(Schema):
    code: str = Field(description="ISO 3166-1, two letters")
    name: Text


class Version(Schema):
    """A published version of a programme."""

    number: int
    published_at: datetime
    note: Text


class EditionBrief(Schema):
    """A workshop: one edition of a series."""

    slug: str
    number: int = Field(description="which one of the series")
    series: Text
    title: Text
    lead: Text
    city: Text
    venue: Text
    country: Country
    time_zone: str = Field(description="name in the IANA time zone database")
    starts_on: date
    ends_on: date
    state: str = Field(description="announced or closed")
    url: str
    programme: Version | None = Field(description="what holds now, if anything is published")


class Partner(Schema):
    """An organisation that makes an edition possible."""

    name: Text
    acronym: str
    role: str = Field(description="organiser, partner or supporter")
    contribution: Text
    website: str


class EditionWhole(EditionBrief):
    """An edition with all that is said of it."""

    description: Text = Field(description="Markdown")
    partners: list[Partner]
    versions: list[Version] = Field(description="every published version, the newest first")


class Module(Schema):
    number: int
    title: Text


class Room(Schema):
    id: UUID
    name: Text
    capacity: int = Field(description="0: unknown")
    site: Text
    address: Text


class Part(Schema):
    """Somebody's part in a session."""

    id: UUID
    name: str
    role: str = Field(description=", ".join(SessionPerson.Role.values))
    url: str


class Session(Schema):
    """A session, its moments in the time zone of the edition."""

    id: UUID
    kind: str
    title: Text
    description: Text = Field(description="Markdown")
    module: int | None = Field(description="number of the module")
    starts_at: datetime
    ends_at: datetime
    room: UUID | None
    audience: str = Field(description="everyone or sign_up")
    places: int | None = Field(description="places to sign up for; null: no limit")
    sign_up_until: datetime | None
    is_cancelled: bool
    people: list[Part]
    changed_in: int = Field(description="the version in which it last changed")
    url: str | None = Field(description="null for breaks, which have no page")


class Programme(Schema):
    """A published programme; sessions in the order of their start."""

    edition: str = Field(description="slug of the edition")
    version: Version
    time_zone: str
    first_day: date
    last_day: date
    modules: list[Module]
    rooms: list[Room]
    sessions: list[Session]


class Paged(Schema):
    """Which part of a list this is."""

    count: int = Field(description="items on all pages")
    page: int
    pages: int
    next: str | None
    previous: str | None


class Editions(Paged):
    items: list[EditionBrief]


class Sessions(Paged):
    items: list[Session]


# --- Filling them --------------------------------------------------------------------------------
@dataclass(frozen=True)
class Teller:
    """Fills the shapes in one language, or in all where `language` is empty."""

    language: str

    def editions(self, page: Page[EditionRow]) -> Editions:
        """A page of editions (six queries for any number)."""
        rows = list(page.object_list)
        found = public.editions([row.id for row in rows])
        published = public.versions_by_id(row.published_id for row in rows if row.published_id)
        items = [
            EditionBrief(**self._brief(found[row.id], published.get(row.published_id)))
            for row in rows
        ]
        return Editions(**self._paged(reverse("api:editions"), page, {}), items=items)

    def edition(self, row: EditionRow) -> EditionWhole:
        found = public.editions([row.id])[row.id]
        versions = public.versions(row)
        return EditionWhole(
            **self._brief(found, versions[0] if versions else None),
            description=self._text(found, "description"),
            partners=[
                Partner(
                    name=self._text(partner.organisation, "name"),
                    acronym=partner.organisation.acronym,
                    role=partner.role,
                    contribution=self._text(partner, "contribution"),
                    website=partner.organisation.website,
                )
                for partner in public.partners(row.id)
            ],
            versions=[self._version(each) for each in versions],
        )

    def programme(self, row: EditionRow) -> Programme | None:
        """The whole published programme; None where there is none."""
        programme = row.programme
        if programme is None or row.published_id is None:
            return None
        return Programme(
            edition=row.slug,
            version=self._version(public.version(row.published_id)),
            time_zone=programme.time_zone,
            first_day=programme.first_day,
            last_day=programme.last_day,
            modules=[
                Module(number=module.number, title=self._words(module.title))
                for module in programme.modules
            ],
            rooms=[
                Room(
                    id=room.id,
                    name=self._words(room.name),
                    capacity=room.capacity,
                    site=self._words(room.site),
                    address=self._words(room.address),
                )
                for room in programme.rooms
            ],
            sessions=self.sessions(row, programme.sessions),
        )

    def session_page(
        self, row: EditionRow, page: Page[SessionEntry], narrowed: Mapping[str, object]
    ) -> Sessions:
        """A page of the sessions that are left of them when `narrowed`."""
        items = self.sessions(row, tuple(page.object_list))
        address = reverse("api:sessions", args=[row.slug])
        return Sessions(**self._paged(address, page, narrowed), items=items)

    def sessions(self, row: EditionRow, entries: tuple[SessionEntry, ...]) -> list[Session]:
        """Sessions of the published programme, with the names of their people (one query)."""
        people = {part.participation_id for entry in entries for part in entry.people}
        names = public_people.names(people)
        changed = {}
        if row.published_id:
            changed = {past.entry.id: past.number for past in history.up_to(row.published_id)}
        return [self._session(row, entry, names, changed[entry.id]) for entry in entries]

    def _session(
        self, row: EditionRow, entry: SessionEntry, names: Mapping[UUID, str], changed_in: int
    ) -> Session:
        assert row.programme is not None  # noqa: S101 - it is where the entry comes from
        module = row.programme.module_by_id.get(entry.module_id)
        return Session(
            id=entry.id,
            kind=entry.kind,
            title=self._words(entry.title),
            description=self._words(entry.description),
            module=module.number if module else None,
            starts_at=entry.starts_at,
            ends_at=entry.ends_at,
            room=entry.room_id,
            audience=entry.audience,
            places=entry.places,
            sign_up_until=entry.sign_up_until,
            is_cancelled=entry.is_cancelled,
            people=[
                Part(
                    id=part.participation_id,
                    name=names[part.participation_id],
                    role=part.role,
                    url=addresses.of("workshops:person", row.slug, part.participation_id),
                )
                for part in entry.people
                if part.participation_id in names
            ],
            changed_in=changed_in,
            url=None if entry.is_break else addresses.of("workshops:session", row.slug, entry.id),
        )

    def _brief(self, edition: Edition, version: ProgrammeVersion | None) -> dict[str, Any]:
        return {
            "slug": edition.slug,
            "number": edition.number,
            "series": self._text(edition.series, "title"),
            "title": self._text(edition, "title"),
            "lead": self._text(edition, "lead"),
            "city": self._text(edition, "city"),
            "venue": self._text(edition, "venue"),
            "country": Country(
                code=edition.country.alpha2, name=self._text(edition.country, "name")
            ),
            "time_zone": edition.time_zone,
            "starts_on": edition.starts_on,
            "ends_on": edition.ends_on,
            "state": edition.state,
            "url": addresses.of("workshops:edition", edition.slug),
            "programme": self._version(version) if version else None,
        }

    def _version(self, version: ProgrammeVersion) -> Version:
        return Version(
            number=version.number,
            published_at=version.published_at,
            note=self._text(version, "note"),
        )

    def _paged(self, path: str, page: Page[Any], narrowed: Mapping[str, object]) -> dict[str, Any]:
        """Where a page stands in its list. Only what we understood goes into an address."""
        wanted = {"lang": self.language, **narrowed}

        def at(number: int) -> str:
            query = {name: value for name, value in wanted.items() if value}
            return addresses.whole(f"{path}?{urlencode({**query, 'page': number})}")

        return {
            "count": page.paginator.count,
            "page": page.number,
            "pages": page.paginator.num_pages,
            "next": at(page.next_page_number()) if page.has_next() else None,
            "previous": at(page.previous_page_number()) if page.has_previous() else None,
        }

    def _text(self, thing: Translated, field: str) -> Text:
        return self._words(Words(thing.all_wordings(field), thing.language))

    def _words(self, words: Words) -> Text:
        if self.language:
            return str(words.wording(self.language))
        return {code: text for code, text in words.texts.items() if text}
