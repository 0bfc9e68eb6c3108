"""Sessions of an edition as the secretariat's lists show them."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Prefetch, Q, QuerySet

from madang.core import texts
from madang.core.models import as_uuid
from madang.workshops.models import Edition, Session, SessionPerson, SignUp
from madang.workshops.programme import concern_sentences, preview, snapshot


def in_edition(edition: Edition) -> QuerySet[Session]:
    """Sessions by start, those without one last, with module, room, people and places given."""
    parts = SessionPerson.objects.select_related("participation__person__subject")
    given = Count("sign_ups", filter=Q(sign_ups__state=SignUp.State.CONFIRMED))
    return (
        # By the edition itself, so that each session knows its time zone without asking.
        edition.sessions.select_related("module", "room__site")
        .prefetch_related(Prefetch("people", parts.order_by("order", "id")))
        .annotate(places_given=given)
        .order_by(F("starts_at").asc(nulls_last=True), "id")
    )


def filtered(
    sessions: QuerySet[Session], edition: Edition, asked: Mapping[str, str]
) -> QuerySet[Session]:
    """Those that a list's filters ask for; a value that names nothing finds nothing."""
    for name, path in (("module", "module"), ("room", "room")):
        if asked.get(name):
            sessions = sessions.filter(**{path: as_uuid(asked[name])})
    if asked.get("kind"):
        sessions = sessions.filter(kind=asked["kind"])
    if asked.get("person"):
        parts = SessionPerson.objects.filter(participation=as_uuid(asked["person"]))
        sessions = sessions.filter(pk__in=parts.values("session"))
    if asked.get("day") == "none":
        sessions = sessions.filter(starts_at__isnull=True)
    elif asked.get("day"):
        start, end = _bounds(edition, asked["day"])
        sessions = sessions.filter(starts_at__gte=start, starts_at__lt=end)
    return sessions


def _bounds(edition: Edition, day: str) -> tuple[datetime, datetime]:
    """The midnights around a day of the place."""
    wanted = date.fromisoformat(day)
    after = wanted + timedelta(days=1)
    return edition.moment(wanted, time.min), edition.moment(after, time.min)


def with_wordings(sessions: list[Session]) -> list[Session]:
    """The same, with their texts and those of their modules and rooms read (four queries)."""
    texts.prefetch(sessions)
    texts.prefetch_referred(sessions, "module", "room")
    texts.prefetch_referred((session.room for session in sessions if session.room), "site")
    return sessions


def sign_ups(session: Session) -> QuerySet[SignUp]:
    """Everybody who asked for a place and has not withdrawn, in the order in which they asked."""
    return (
        session.sign_ups.standing()
        .select_related(
            "participation__person__subject",
            "participation__country",
            "participation__organisation",
        )
        .order_by("asked_at", "id")
    )


def sign_ups_by_state(session: Session) -> dict[str, int]:
    """How many have a place and how many wait; a state that nobody has is left out."""
    states = session.sign_ups.standing().order_by().values_list("state")
    return dict(states.annotate(how_many=Count("id")))


def outside_the_week(edition: Edition) -> QuerySet[Session]:
    """Sessions that take place before the edition's first day or after its last."""
    first = edition.moment(edition.starts_on, time.min)
    after = edition.moment(edition.ends_on + timedelta(days=1), time.min)
    placed = Session.objects.filter(edition=edition, state=Session.State.PLANNED)
    return placed.filter(Q(starts_at__lt=first) | Q(starts_at__gte=after))


def concerns(edition: Edition, session: Session) -> list[str]:
    """What a planner should look at again about one session, as sentences."""
    programme = snapshot.draft(edition)
    about = [
        concern
        for concern in preview.all_concerns(edition, programme)
        if session.pk in concern.sessions
    ]
    if not about:
        return []
    names = preview.names(edition)
    return [concern_sentences.sentence(concern, programme, names) for concern in about]
