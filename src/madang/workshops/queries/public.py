"""Questions of the public and participant pages. People's names are read here, at render only."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404

from madang.core import texts
from madang.core.policies import Who
from madang.core.texts import Wording
from madang.people.models import Consent
from madang.workshops import rules
from madang.workshops.models import (
    Edition,
    EditionPartner,
    Material,
    MaterialVersion,
    Participation,
    ProgrammeVersion,
    Recommendation,
    RecommendationAnswer,
)
from madang.workshops.programme import snapshot
from madang.workshops.programme.entries import Programme


# --- The one row of every page ---------------------------------------------------------------------
@dataclass(frozen=True)
class EditionRow:
    """What every public page needs of an edition, in one row and no model instance."""

    id: UUID
    slug: str
    state: str
    published_id: UUID | None
    page_stamp: int
    time_zone: str
    starts_on: date
    ends_on: date

    @property
    def edition_id(self) -> UUID:
        """So that rules on things of an edition can be asked about the edition itself."""
        return self.id

    @property
    def stamp(self) -> tuple[UUID, UUID | None, int]:
        """What a kept page depends on: it changes with anything that the pages show."""
        return self.id, self.published_id, self.page_stamp

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @cached_property
    def programme(self) -> Programme | None:
        """The published programme (one query the first time this process shows it)."""
        return snapshot.published_by_id(self.published_id) if self.published_id else None


_ROW = tuple(EditionRow.__annotations__)


def edition_row(who: Who, slug: str) -> EditionRow:
    """The edition of an address, where `who` may see it: one query, whatever the answer."""
    found = rules.see_edition.visible(who, Edition.objects).filter(slug=slug).values(*_ROW).first()
    if found is None:
        raise Http404
    return EditionRow(**found)


def edition_rows(who: Who) -> list[EditionRow]:
    """Every edition that `who` may see, the latest first (one query)."""
    visible = rules.see_edition.visible(who, Edition.objects).order_by("-starts_on", "slug")
    return [EditionRow(**row) for row in visible.values(*_ROW)]


def editions(ids: Iterable[UUID]) -> dict[UUID, Edition]:
    """Editions with the texts of everything that pages say about them (four queries)."""
    found = Edition.objects.filter(pk__in=list(ids)).select_related("series", "country")
    by_id = {edition.id: edition for edition in found}
    for things in (
        by_id.values(),
        {edition.series_id: edition.series for edition in by_id.values()}.values(),
        {edition.country_id: edition.country for edition in by_id.values()}.values(),
    ):
        texts.prefetch(things)
    _share_translations(by_id.values())
    return by_id


def _share_translations(found: Collection[Edition]) -> None:
    """Rows of the same series and country are several instances: let all have the texts read."""
    for name in ("series", "country"):
        one = {getattr(edition, f"{name}_id"): getattr(edition, name) for edition in found}
        for edition in found:
            setattr(edition, name, one[getattr(edition, f"{name}_id")])


# --- What an edition's page says -------------------------------------------------------------------
@dataclass(frozen=True)
class Attendance:
    """How many take part, and from how many countries."""

    people: int
    countries: int


def attendance(edition_id: UUID) -> Attendance:
    """Those expected as participants (one query)."""
    counted = Participation.objects.filter(
        edition=edition_id,
        kind=Participation.Kind.PARTICIPANT,
        state=Participation.State.EXPECTED,
    ).aggregate(people=Count("id"), countries=Count("country", distinct=True))
    return Attendance(counted["people"], counted["countries"])


def partners(edition_id: UUID) -> list[EditionPartner]:
    """Who makes the edition possible, with all texts (three queries)."""
    found = list(
        EditionPartner.objects.filter(edition=edition_id)
        .select_related("organisation")
        .order_by("order", "id")
    )
    texts.prefetch(found)
    texts.prefetch([partner.organisation for partner in found])
    return found


def versions(edition_id: UUID) -> list[ProgrammeVersion]:
    """Published versions with their notes, the newest first, without their content."""
    found = list(
        ProgrammeVersion.objects.filter(edition=edition_id).defer("content").order_by("-number")
    )
    texts.prefetch(found)
    return found


def previous_edition(edition: Edition) -> Edition | None:
    """The edition of the series before this one, if the public may know of it."""
    return (
        Edition.objects.filter(series=edition.series_id, number__lt=edition.number)
        .exclude(state=Edition.State.DRAFT)
        .order_by("-number")
        .first()
    )


@dataclass(frozen=True)
class Followed:
    """A recommendation of the edition before, and what this one made of it."""

    recommendation: Recommendation
    answer: RecommendationAnswer | None

    @property
    def state(self) -> str:
        state = RecommendationAnswer.State
        return self.answer.state if self.answer else state.OPEN.value

    @property
    def state_label(self) -> str:
        return str(RecommendationAnswer.State(self.state).label)


def followed(edition: Edition, previous: Edition) -> list[Followed]:
    """Every recommendation of `previous` with this edition's answer (up to five queries)."""
    recommendations = list(previous.recommendations.order_by("number"))
    answers = {
        answer.recommendation_id: answer
        for answer in RecommendationAnswer.objects.filter(
            edition=edition, recommendation__edition=previous
        ).prefetch_related("sessions")
    }
    texts.prefetch(recommendations)
    texts.prefetch(answers.values())
    return [Followed(each, answers.get(each.id)) for each in recommendations]


# --- People ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class PersonShown:
    """Somebody as a page names them. Not to be kept beyond the page."""

    participation_id: UUID
    kind: str
    name: str
    latin_name: str
    position: str
    biography: str
    organisation: Wording | str
    country: Wording | str

    @property
    def kind_label(self) -> str:
        return str(Participation.Kind(self.kind).label)


def names(participation_ids: Collection[UUID]) -> dict[UUID, str]:
    """People's names by the id of their participation (one query)."""
    rows = Participation.objects.filter(pk__in=participation_ids)
    return {row.id: str(row.person) for row in rows.select_related("person__subject")}


def people(rows: QuerySet[Participation]) -> list[PersonShown]:
    """People with whom and what they represent (three queries for any number)."""
    found = list(rows.select_related("person__subject", "country", "organisation"))
    texts.prefetch({row.country_id: row.country for row in found if row.country}.values())
    texts.prefetch(
        {row.organisation_id: row.organisation for row in found if row.organisation}.values()
    )
    countries = {row.country_id: row.country for row in found if row.country}
    organisations = {row.organisation_id: row.organisation for row in found if row.organisation}
    return [
        PersonShown(
            participation_id=row.id,
            kind=row.kind,
            name=str(row.person),
            latin_name=row.person.latin_name,
            position=row.person.position,
            biography=row.person.biography,
            organisation=_name_of(organisations.get(row.organisation_id)),
            country=_name_of(countries.get(row.country_id)),
        )
        for row in found
    ]
