"""Where an edition stands: its numbers, what is missing, and what comes next."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.core import clock, locales
from madang.core.policies import Who
from madang.workshops import rules
from madang.workshops.models import (
    Edition,
    EditionPartner,
    Material,
    Module,
    Participation,
    ProgrammeVersion,
    RecommendationAnswer,
    Room,
    Session,
)
from madang.workshops.programme import snapshot
from madang.workshops.queries import public


@dataclass(frozen=True)
class Step:
    """What to do next, and where."""

    label: str | Promise
    url: str


@dataclass(frozen=True)
class Check:
    """One thing that an edition needs. `said` tells how it stands, `url` is where to mend it."""

    done: bool
    said: str
    url: str


def _how_many(rows: QuerySet, edition_path: str = "edition") -> Coalesce:
    """A count of rows of each edition: a query within the query, so that no row is multiplied."""
    counted = (
        rows.filter(**{edition_path: OuterRef("pk")})
        .order_by()
        .values(edition_path)
        .annotate(found=Count("pk"))
        .values("found")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def editions_of(who: Who) -> QuerySet[Edition]:
    """The editions that somebody plans or oversees, with their numbers, newest first."""
    planned = Session.objects.filter(state=Session.State.PLANNED)
    expected = Participation.objects.so_far().filter(state=Participation.State.EXPECTED)
    version = ProgrammeVersion.objects.filter(pk=OuterRef("published_id")).values("number")
    return rules.oversee_edition.visible(who, Edition.objects.all()).annotate(
        sessions_planned=_how_many(planned),
        sessions_unplaced=_how_many(planned.filter(starts_at__isnull=True)),
        people_expected=_how_many(expected),
        version_number=Subquery(version[:1]),
    )


def next_step(edition: Edition) -> Step | None:
    """What comes next for an edition of `editions_of`; None once it is closed."""
    here = [edition.slug]
    if edition.state == Edition.State.CLOSED:
        return None
    if not edition.sessions_planned:
        return Step(_("Add the first session"), reverse("manage:session_add", args=here))
    if edition.sessions_unplaced:
        label = ngettext(
            "Place one session", "Place %(number)s sessions", edition.sessions_unplaced
        ) % {"number": locales.number(edition.sessions_unplaced)}
        return Step(label, reverse("manage:timetable", args=here))
    if edition.state == Edition.State.DRAFT:
        return Step(_("Announce it"), f"{reverse('manage:edition', args=here)}#state")
    if edition.version_number is None:
        return Step(_("Publish the programme"), reverse("manage:publish", args=here))
    if clock.today(edition.zone) > edition.ends_on:
        return Step(_("Close it"), f"{reverse('manage:edition', args=here)}#state")
    return Step(_("Look through the programme"), reverse("manage:sessions", args=here))


def previous(edition: Edition) -> Edition | None:
    """The edition before this one in its series."""
    earlier = Edition.objects.filter(series=edition.series_id, number__lt=edition.number)
    return earlier.order_by("-number").first()


class Overview:
    """One edition as its first page shows it: the same queries for any number of rows."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    @cached_property
    def previous(self) -> Edition | None:
        return previous(self.edition)

    @cached_property
    def sessions(self) -> dict[str, int]:
        """How many sessions are planned, not placed, without a room, and without anybody."""
        planned = Q(state=Session.State.PLANNED)
        placed = planned & Q(starts_at__isnull=False) & ~Q(kind=Session.Kind.BREAK)
        taught = planned & Q(kind__in=_TAUGHT)
        return self.edition.sessions.aggregate(
            planned=Count("pk", filter=planned, distinct=True),
            unplaced=Count("pk", filter=planned & Q(starts_at__isnull=True), distinct=True),
            roomless=Count("pk", filter=placed & Q(room__isnull=True), distinct=True),
            unattended=Count("pk", filter=taught & Q(people__isnull=True), distinct=True),
        )

    @cached_property
    def people(self) -> dict[str, int]:
        """How many people are expected, by the kind of their participation."""
        expected = self.edition.participations.so_far().filter(state=Participation.State.EXPECTED)
        counted = expected.order_by().values_list("kind").annotate(found=Count("pk"))
        return dict(counted)

    @property
    def participants(self) -> int:
        return self.people.get(Participation.Kind.PARTICIPANT, 0)

    @cached_property
    def countries(self) -> int:
        """How many countries the participants who are expected come from."""
        return public.attendance(self.edition.pk).countries

    @cached_property
    def version(self) -> ProgrammeVersion | None:
        """The version that visitors see."""
        return (
            ProgrammeVersion.objects.defer("content").filter(pk=self.edition.published_id).first()
        )

    @cached_property
    def is_up_to_date(self) -> bool:
        """Whether visitors see the draft as it stands."""
        content = snapshot.write(snapshot.draft(self.edition))
        return self.version is not None and (
            self.version.content_hash == snapshot.content_hash(content)
        )

    @cached_property
    def open_answers(self) -> int:
        """Recommendations of the edition before that this one has not answered."""
        if self.previous is None:
            return 0
        answered = self.edition.recommendation_answers.exclude(
            state=RecommendationAnswer.State.OPEN
        ).values("recommendation")
        return self.previous.recommendations.exclude(pk__in=answered).count()

    def checks(self) -> list[Check]:
        """What an edition needs before its week, in the order in which it is usually done."""
        edition = self.edition
        found = [
            self._check(
                bool(edition.lead and edition.description),
                _("It is described, in one sentence and at length."),
                _("It lacks a description that visitors can read."),
                "edition_edit",
            ),
            self._check(
                edition.partners.filter(role=EditionPartner.Role.ORGANISER).exists(),
                _("Its organisers are named."),
                _("Nobody is named as its organiser."),
                "settings",
            ),
            self._check(
                Module.objects.filter(edition=edition).exists(),
                _("It has modules."),
                _("It has no modules."),
                "settings",
            ),
            self._check(
                Room.objects.filter(site__edition=edition).exists(),
                _("It has rooms."),
                _("It has no rooms."),
                "places",
            ),
            self._check(
                bool(self.people.get(Participation.Kind.RESOURCE_PERSON)),
                _("Resource persons are entered."),
                _("No resource person is entered."),
                "people",
            ),
            *self._session_checks(),
            self._check(
                Material.objects.filter(edition=edition, is_withdrawn=False).exists(),
                _("Materials are there."),
                _("There are no materials."),
                "materials",
            ),
        ]
        if self.previous is not None:
            found.append(
                self._check(
                    not self.open_answers,
                    _("What the edition before recommended is answered."),
                    ngettext(
                        "One recommendation of the edition before is not answered.",
                        "%(number)s recommendations of the edition before are not answered.",
                        self.open_answers,
                    )
                    % {"number": locales.number(self.open_answers)},
                    "recommendations",
                )
            )
        found.append(self._publication_check())
        return found

    def _session_checks(self) -> list[Check]:
        counts = self.sessions
        if not counts["planned"]:
            return [self._check(False, "", _("It has no sessions."), "sessions")]  # noqa: FBT003
        return [
            self._check(
                not counts["unplaced"],
                _("Every session has its time."),
                ngettext(
                    "One session has no time.",
                    "%(number)s sessions have no time.",
                    counts["unplaced"],
                )
                % {"number": locales.number(counts["unplaced"])},
                "timetable",
            ),
            self._check(
                not counts["roomless"],
                _("Every session in the timetable has a room."),
                ngettext(
                    "One session in the timetable has no room.",
                    "%(number)s sessions in the timetable have no room.",
                    counts["roomless"],
                )
                % {"number": locales.number(counts["roomless"])},
                "sessions",
            ),
            self._check(
                not counts["unattended"],
                _("Somebody teaches or leads each session that needs it."),
                ngettext(
                    "One session has nobody who teaches or leads it.",
                    "%(number)s sessions have nobody who teaches or leads them.",
                    counts["unattended"],
                )
                % {"number": locales.number(counts["unattended"])},
                "sessions",
            ),
        ]

    def _publication_check(self) -> Check:
        if self.version is None:
            return self._check(False, "", _("No programme is published."), "publish")  # noqa: FBT003
        return self._check(
            self.is_up_to_date,
            _("Visitors see the programme as it stands."),
            _("The programme was changed since it was published."),
            "publish",
        )

    def _check(self, done: bool, good: str, bad: str, page: str) -> Check:  # noqa: FBT001
        url = reverse(f"manage:{page}", args=[self.edition.slug])
        return Check(done, good if done else bad, url)


# Sessions in which somebody has to stand in front.
_TAUGHT = (
    Session.Kind.LECTURE,
    Session.Kind.CASE_STUDY,
    Session.Kind.GROUP_WORK,
    Session.Kind.DISCUSSION,
    Session.Kind.HANDS_ON,
)
