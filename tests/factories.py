"""Makes what tests need: every function takes what matters and invents the rest.

Names and addresses are invented; `example.org` receives no mail. The bulk functions write few
queries for many rows, so that a list can be asked with a thousand of them.
"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.db.models import Model

from madang.core import clock, vault
from madang.core.identifiers import uuid7
from madang.core.models import SubjectKey
from madang.people.models import Account, Country, Organisation, Person, Role
from madang.workshops.models import (
    Edition,
    EditionPartner,
    Module,
    Participation,
    Recommendation,
    Room,
    Series,
    Session,
    SessionPerson,
    SignUp,
    Site,
)

_numbers = count(1)

FIRST_DAY = date(2007, 10, 8)
COUNTRIES = {
    "KR": ("KOR", "410", "Republic of Korea", "030"),
    "FJ": ("FJI", "242", "Fiji", "054"),
    "TH": ("THA", "764", "Thailand", "035"),
    "IR": ("IRN", "364", "Iran (Islamic Republic of)", "034"),
    "MN": ("MNG", "496", "Mongolia", "030"),
}

# A role to hold: its kind alone for the whole installation, or with the thing that it is for.
RoleWanted = str | tuple[str, Model]


# --- People --------------------------------------------------------------------------------------
def make_country(alpha2: str = "KR", **fields: Any) -> Country:
    """A country of `COUNTRIES`, the same row each time it is asked for."""
    found = Country.objects.filter(alpha2=alpha2).first()
    if found is not None:
        return found
    alpha3, numeric, name, subregion = COUNTRIES[alpha2]
    values = {"name": name, "subregion": subregion, "sort_key": name.casefold()} | fields
    return Country.objects.create(alpha2=alpha2, alpha3=alpha3, numeric=numeric, **values)


def make_organisation(name: str = "", **fields: Any) -> Organisation:
    name = name or f"Ministry of Communications {next(_numbers)}"
    values = {"kind": Organisation.Kind.MINISTRY, "sort_key": name.casefold()} | fields
    return Organisation.objects.create(name=name, **values)


def make_person(name: str = "", **fields: Any) -> Person:
    return Person.objects.create(name=name or f"Person {next(_numbers)}", **fields)


def make_people(how_many: int, **fields: Any) -> list[Person]:
    """Many people in two queries."""
    subjects = [uuid7() for _ in range(how_many)]
    keys = SubjectKey.objects.bulk_create(
        SubjectKey(id=subject, wrapped=vault.new_wrapped_key(subject)) for subject in subjects
    )
    return Person.objects.bulk_create(
        Person(subject=key, name=f"Person {next(_numbers)}", version=1, **fields) for key in keys
    )


def make_role(account: Account, kind: str, scope: Model | None = None, **fields: Any) -> Role:
    """A role of an account, for the whole installation or for one edition, country …"""
    values = {
        "scope_model": scope._meta.label_lower if scope is not None else "",
        "scope_id": scope.pk if scope is not None else None,
        # Held before any moment at which a test lets the clock stand.
        "starts_at": datetime(2000, 1, 1, tzinfo=UTC),
    }
    account.forget_roles()
    return Role.objects.create(account=account, kind=kind, **values | fields)


def make_account(
    *, roles: "list[RoleWanted] | tuple[RoleWanted, ...]" = (), person: Person | None = None
) -> Account:
    """An account with roles: `make_account(roles=["secretariat", ("participant", edition)])`."""
    account = Account.objects.create_user(
        email=f"account{next(_numbers)}@example.org", person=person or make_person()
    )
    for wanted in roles:
        kind, scope = (wanted, None) if isinstance(wanted, str) else wanted
        make_role(account, kind, scope)
    return account


# --- Editions ------------------------------------------------------------------------------------
def make_series(**fields: Any) -> Series:
    number = next(_numbers)
    return Series.objects.create(
        **{"slug": f"series-{number}", "title": f"Series {number}"} | fields
    )


def make_edition(**fields: Any) -> Edition:
    """An announced week in Incheon, 8–12 October 2007, of a series of its own."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "number": number,
        "slug": f"edition-{number}",
        "title": f"Workshop {number}",
        "city": "Incheon",
        "time_zone": "Asia/Seoul",
        "starts_on": FIRST_DAY,
        "ends_on": FIRST_DAY + timedelta(days=4),
        "seats": 40,
        "state": Edition.State.ANNOUNCED,
    }
    values |= fields
    values.setdefault("series", None)
    values["series"] = values["series"] or make_series()
    if "country" not in values:
        values["country"] = make_country()
    return Edition.objects.create(**values)


def make_partner(edition: Edition, **fields: Any) -> EditionPartner:
    values = {"role": EditionPartner.Role.SUPPORTER} | fields
    values.setdefault("organisation", None)
    values["organisation"] = values["organisation"] or make_organisation()
    return EditionPartner.objects.create(edition=edition, **values)


def make_module(edition: Edition, number: int | None = None, **fields: Any) -> Module:
    number = number or edition.modules.count() + 1
    return Module.objects.create(
        edition=edition, number=number, **{"title": f"Module {number}"} | fields
    )


def make_site(edition: Edition, name: str = "", **fields: Any) -> Site:
    return Site.objects.create(edition=edition, name=name or f"Site {next(_numbers)}", **fields)


def make_room(place: Edition | Site, name: str = "", **fields: Any) -> Room:
    """A room of a site, or of a new site of an edition."""
    site = place if isinstance(place, Site) else make_site(place)
    return Room.objects.create(site=site, name=name or f"Room {next(_numbers)}", **fields)


def make_participation(
    edition: Edition, person: Person | None = None, **fields: Any
) -> Participation:
    values = {"kind": Participation.Kind.PARTICIPANT} | fields
    return Participation.objects.create(edition=edition, person=person or make_person(), **values)


def make_participations(edition: Edition, how_many: int, **fields: Any) -> list[Participation]:
    """Many new people in an edition, in three queries."""
    values = {"kind": Participation.Kind.PARTICIPANT} | fields
    return Participation.objects.bulk_create(
        Participation(edition=edition, person=person, version=1, **values)
        for person in make_people(how_many)
    )


def local(edition: Edition, day: int, at: str) -> datetime:
    """A moment of the edition's week: `local(edition, 2, "09:30")` is on its second day."""
    return edition.moment(edition.days[day - 1], time.fromisoformat(at))


def make_session(
    edition: Edition, *, day: int | None = None, at: str = "09:00", **fields: Any
) -> Session:
    """A session, placed on a day of the week (1 is the first) where one is given."""
    values: dict[str, Any] = {"kind": Session.Kind.LECTURE, "title": f"Session {next(_numbers)}"}
    if day is not None:
        values["starts_at"] = local(edition, day, at)
    return Session.objects.create(edition=edition, **values | fields)


def make_sessions(edition: Edition, how_many: int, **fields: Any) -> list[Session]:
    """Many sessions in one query, an hour each, one after the other from nine o'clock on."""
    start = local(edition, 1, "09:00")
    return Session.objects.bulk_create(
        Session(
            **{
                "edition": edition,
                "kind": Session.Kind.LECTURE,
                "title": f"Session {next(_numbers)}",
                "starts_at": start + timedelta(hours=place % 8, days=place // 8 % 5),
                "version": 1,
            }
            | fields
        )
        for place in range(how_many)
    )


def make_part(session: Session, participation: Participation, **fields: Any) -> SessionPerson:
    return SessionPerson.objects.create(session=session, participation=participation, **fields)


def make_sign_up(session: Session, participation: Participation, **fields: Any) -> SignUp:
    values = {"state": SignUp.State.CONFIRMED, "asked_at": clock.now()} | fields
    return SignUp.objects.create(session=session, participation=participation, **values)


def make_recommendation(edition: Edition, text: str = "", **fields: Any) -> Recommendation:
    number = fields.pop("number", edition.recommendations.count() + 1)
    return Recommendation.objects.create(
        edition=edition,
        number=number,
        text=text or "Show more good practice of the region.",
        **fields,
    )
