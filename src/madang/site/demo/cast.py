"""One person of each role, to sign in as with one click. All of them are invented."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madang.people.models import Account


@dataclass(frozen=True)
class Seat:
    """A place at the demo's table: a role, the person who has it, and what there is to try."""

    name: str
    role: str | Promise
    email: str
    person: str
    first_page: str
    to_try: str | Promise


CAST = (
    Seat(
        "secretariat",
        _("secretariat"),
        "haneul.kim@secretariat.example",
        "Kim Haneul",
        "/manage/",
        _("choose a cohort, change the programme, and see whom that touches"),
    ),
    Seat(
        "director",
        _("director"),
        "meruert.abenova@secretariat.example",
        "Meruert Abenova",
        "/approvals/",
        _("approve what waits, and see how it all stands"),
    ),
    Seat(
        "focal-point",
        _("focal point"),
        "sione.vunipola@ministry.example",
        "Sione Vunipola",
        "/nominations/",
        _("nominate officials, have them endorsed, and see what became of them"),
    ),
    Seat(
        "participant",
        _("participant"),
        "mehrdad.kianifar@government.example",
        "مهرداد کیانی‌فر",
        "/workshops/incheon-2007/week/",
        _("follow the week on a phone, sign up for the trip, read offline"),
    ),
    Seat(
        "resource-person",
        _("resource person"),
        "amara.wickremasinghe@trainers.example",
        "Dr Amara Wickremasinghe",
        "/workshops/incheon-2007/week/",
        _("see your sessions, rooms and materials"),
    ),
    Seat(
        "institute-coordinator",
        _("institute coordinator"),
        "bishnu.maharjan@institute.example",
        "Bishnu Maharjan",
        "/",
        _("see what a member of the coming network sees"),
    ),
    Seat(
        "host",
        _("host"),
        "seojun.park@host.example",
        "박서준",
        "/workshops/incheon-2007/numbers/",
        _("see what the host city needs to know: how many come to what"),
    ),
)


def present() -> list[Seat]:
    """Those who can sign in at this moment: whoever is chosen later has no account yet."""
    addresses = [seat.email for seat in CAST]
    known = set(Account.objects.filter(email__in=addresses).values_list("email", flat=True))
    return [seat for seat in CAST if seat.email in known]


def seated(name: str) -> tuple[Seat, Account] | None:
    """A seat and the account of who sits there; None where there is nobody, or nobody yet."""
    for seat in CAST:
        if seat.name == name:
            account = Account.objects.filter(email=seat.email).first()
            return (seat, account) if account is not None else None
    return None
