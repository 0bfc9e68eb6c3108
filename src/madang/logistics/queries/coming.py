"""Who comes to a session: those with a place where people sign up, everybody expected elsewhere."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from madang.core import texts
from madang.logistics.models import BusSeat, TablePlace
from madang.logistics.queries.travellers import expected
from madang.workshops.models import Edition, Participation, Session, SessionPerson, SignUp
from madang.workshops.queries import people

Seat = TypeVar("Seat", BusSeat, TablePlace)

# What people drive to, and where they sit at tables, more often than not.
TRIPS = (Session.Kind.FIELD_TRIP, Session.Kind.RECEPTION)


def coming(session: Session) -> QuerySet[Participation]:
    """Everybody who comes, with their name, country and organisation."""
    everybody = expected(session.edition)
    if session.audience != Session.Audience.SIGN_UP:
        return everybody
    with_place = SignUp.objects.filter(
        session=session, participation=OuterRef("pk"), state=SignUp.State.CONFIRMED
    )
    return everybody.filter(Exists(with_place) | Q(pk__in=host_ids(session)))


def with_gone(
    session: Session, seats: QuerySet[Seat]
) -> tuple[list[Participation], list[Participation], list[Seat]]:
    """Who comes; who has one of the `seats` and does not come any more; and these seats.

    People are by name, with the names of countries and organisations.
    """
    come = people.by_name(people.with_wordings(coming(session)))
    known = {one.pk for one in come}
    taken = list(
        seats.select_related(
            "participation__person__subject",
            "participation__country",
            "participation__organisation",
        )
    )
    gone = [seat.participation for seat in taken if seat.participation_id not in known]
    return come, people.by_name(people.with_wordings(gone)), taken


def host_ids(session: Session) -> set[UUID]:
    """Who hosts a session: they come without signing up."""
    parts = SessionPerson.objects.filter(session=session, role=SessionPerson.Role.HOST)
    return set(parts.values_list("participation_id", flat=True))


def sessions(edition: Edition, counted: str) -> list[Session]:
    """Sessions that take place, breaks left out, each with how many `counted` it has as `number`.

    Those that have some, and trips and receptions, come first.
    """
    found = list(
        edition.sessions.filter(state=Session.State.PLANNED)
        .exclude(kind=Session.Kind.BREAK)
        .annotate(number=Count(counted))
        .order_by("starts_at", "id")
    )
    texts.prefetch(found)
    return sorted(found, key=lambda session: not is_likely(session))


def is_likely(session: Session) -> bool:
    """Whether a session of `sessions` is shown at once rather than under the others."""
    return session.number > 0 or session.kind in TRIPS
