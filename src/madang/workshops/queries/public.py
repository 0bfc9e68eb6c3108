"""What the public and participant pages ask of an edition."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.http import Http404

from madang.core import clock, texts
from madang.core.policies import Who
from madang.core.texts import Wording
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
from madang.workshops.programme.entries import Programme, SessionEntry


# --- The one row of every page -------------------------------------------------------------------
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
    visible = rules.see_edition.visible(who, Edition.objects).filter(slug=slug).order_by()
    for row in visible.values(*_ROW):
        return EditionRow(**row)
    raise Http404


def edition_rows(who: Who) -> list[EditionRow]:
    """Every edition that `who` may see, the latest first (one query)."""
    visible = rules.see_edition.visible(who, Edition.objects).order_by("-starts_on", "slug")
    return [EditionRow(**row) for row in visible.values(*_ROW)]


def editions(ids: Iterable[UUID]) -> dict[UUID, Edition]:
    """Editions with the texts of everything that pages say about them (four queries)."""
    found = Edition.objects.filter(pk__in=list(ids)).select_related("series", "country")
    by_id = {edition.id: edition for edition in found}
    texts.prefetch(by_id.values())
    texts.prefetch_referred(by_id.values(), "series", "country")
    return by_id


# --- What an edition's page says -----------------------------------------------------------------
@dataclass(frozen=True)
class Attendance:
    """How many take part, and from how many countries."""

    people: int
    countries: int


def attendance(edition_id: UUID) -> Attendance:
    """Those expected as participants (one query)."""
    counted = (
        Participation.objects.so_far()
        .filter(
            edition=edition_id,
            kind=Participation.Kind.PARTICIPANT,
            state=Participation.State.EXPECTED,
        )
        .aggregate(people=Count("id"), countries=Count("country", distinct=True))
    )
    return Attendance(counted["people"], counted["countries"])


def partners(edition_id: UUID) -> list[EditionPartner]:
    """Who makes the edition possible, with all texts (three queries)."""
    found = list(
        EditionPartner.objects.filter(edition=edition_id)
        .select_related("organisation")
        .order_by("order", "id")
    )
    texts.prefetch(found)
    texts.prefetch_referred(found, "organisation")
    return found


def versions(row: EditionRow) -> list[ProgrammeVersion]:
    """The published version and those before it, with their notes and without their content.

    The newest comes first.
    """
    newest = ProgrammeVersion.objects.filter(pk=row.published_id).values("number")
    found = list(
        ProgrammeVersion.objects.filter(edition=row.id, number__lte=Subquery(newest))
        .defer("content")
        .order_by("-number")
    )
    texts.prefetch(found)
    return found


def version(version_id: UUID) -> ProgrammeVersion:
    """A published version with its note, without its content (two queries)."""
    found = ProgrammeVersion.objects.defer("content").get(pk=version_id)
    texts.prefetch([found])
    return found


def versions_by_id(version_ids: Iterable[UUID]) -> dict[UUID, ProgrammeVersion]:
    """Some published versions with their notes, without their content (two queries)."""
    found = ProgrammeVersion.objects.filter(pk__in=list(version_ids)).defer("content")
    by_id = {version.id: version for version in found}
    texts.prefetch(by_id.values())
    return by_id


@dataclass(frozen=True)
class ModuleShown:
    """A module with what the published programme has of it."""

    number: int
    title: Wording
    sessions: int
    days: list[date]


def modules(programme: Programme | None) -> list[ModuleShown]:
    """The modules of a published programme."""
    if programme is None:
        return []
    shown = []
    for module in programme.modules:
        entries = [entry for entry in programme.sessions if entry.module_id == module.id]
        days = sorted({entry.starts_at.date() for entry in entries})
        shown.append(ModuleShown(module.number, module.title.wording(), len(entries), days))
    return shown


def previous_edition(edition: Edition) -> Edition | None:
    """The edition of the series before this one, if the public may know of it."""
    return (
        Edition.objects.filter(series=edition.series_id, number__lt=edition.number)
        .exclude(state=Edition.State.DRAFT)
        .order_by("-number")
        .first()
    )


def answer_states(edition: Edition, previous: Edition) -> list[str]:
    """The state of the answer to each recommendation of `previous` (one query)."""
    answers = RecommendationAnswer.objects.filter(edition=edition, recommendation=OuterRef("pk"))
    states = Recommendation.objects.filter(edition=previous).values_list(
        Subquery(answers.values("state")[:1]), flat=True
    )
    return [state or RecommendationAnswer.State.OPEN for state in states]


@dataclass(frozen=True)
class Followed:
    """A recommendation of the edition before, and what this one made of it."""

    number: int
    text: Wording
    state: str
    answer: Wording | str
    sessions: list[SessionEntry]

    @property
    def state_label(self) -> str:
        return str(RecommendationAnswer.State(self.state).label)


def followed(edition: Edition, previous: Edition, programme: Programme | None) -> list[Followed]:
    """Every recommendation of `previous` with this edition's answer (five queries).

    Of the sessions that answer it, those that are published.
    """
    recommendations = list(previous.recommendations.order_by("number"))
    answers = {
        answer.recommendation_id: answer
        for answer in RecommendationAnswer.objects.filter(
            edition=edition, recommendation__edition=previous
        ).prefetch_related("sessions")
    }
    texts.prefetch(recommendations)
    texts.prefetch(answers.values())
    entries = programme.session_by_id if programme else {}
    shown = []
    for each in recommendations:
        answer = answers.get(each.id)
        sessions = [session.id for session in answer.sessions.all()] if answer else []
        shown.append(
            Followed(
                number=each.number,
                text=each.wording("text"),
                state=answer.state if answer else RecommendationAnswer.State.OPEN.value,
                answer=answer.wording("text") if answer else "",
                sessions=[entries[pk] for pk in sessions if pk in entries],
            )
        )
    return shown


# --- Materials -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class MaterialShown:
    """A material with the version that people are given."""

    title: Wording
    session_id: UUID | None
    number: int
    note: str
    name: str
    size: int
    url: str
    is_public: bool

    @property
    def kind(self) -> str:
        """What sort of file it is, as people call it: “PDF”."""
        return self.name.rpartition(".")[2].upper()


def materials(edition: EditionRow, who: Who) -> list[MaterialShown]:
    """The materials that `who` is given, in order, with their newest files (three queries)."""
    given_out = MaterialVersion.objects.filter(created_at__lte=clock.now())
    newest = given_out.select_related("file").order_by("-number")
    found = list(
        rules.see_material.visible(who, Material.objects)
        .filter(edition=edition.id, is_withdrawn=False)
        .prefetch_related(Prefetch("versions", newest, to_attr="given"))
        .order_by("order", "id")
    )
    texts.prefetch(found)
    return [_shown(material) for material in found if material.given]


def _shown(material: Material) -> MaterialShown:
    newest = material.given[0]
    return MaterialShown(
        title=material.wording("title"),
        session_id=material.session_id,
        number=newest.number,
        note=newest.note,
        name=newest.file.name,
        size=newest.file.size,
        url=newest.file.get_absolute_url(),
        is_public=material.audience == Material.Audience.PUBLIC,
    )


@dataclass(frozen=True)
class MaterialGroup:
    """The materials of one session; of the whole workshop where `session` is None."""

    session: SessionEntry | None
    materials: list[MaterialShown]


def by_session(
    materials: Iterable[MaterialShown], programme: Programme | None
) -> list[MaterialGroup]:
    """Those for the whole workshop first, then session by session as they take place."""
    entries = programme.session_by_id if programme else {}
    found: dict[UUID | None, list[MaterialShown]] = {}
    for material in materials:
        key = material.session_id if material.session_id in entries else None
        found.setdefault(key, []).append(material)
    order = [None, *entries]
    return [MaterialGroup(entries.get(key), found[key]) for key in order if key in found]
