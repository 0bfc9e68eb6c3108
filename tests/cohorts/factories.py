"""Makes what the choice of a cohort needs for tests; everybody is invented."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from madang.cohorts.actions import letterheads, passports
from madang.cohorts.actions import scenarios as actions
from madang.cohorts.models import Decision, Letterhead, LetterKind, Offer, Passport, Scenario
from madang.core import clock
from madang.nominations.models import Call, Merit, Nomination, Quota
from madang.people.models import Account, Person
from madang.workshops.models import Edition
from tests import factories as make
from tests.nominations.factories import make_call, make_invitation, make_nomination

COUNTRIES = ("FJ", "TH", "IR", "MN")
SECTORS = ("government", "academia", "civil_society")


def make_merit(nomination: Nomination, value: float, **fields: Any) -> Merit:
    """What a nomination is worth, as screening would have said."""
    values = {"origin": Merit.Origin.SCREENING, "opinions": 2, "uncertainty": 2} | fields
    return Merit.objects.create(nomination=nomination, value=Decimal(str(value)), **values)


def make_field(how_many: int = 12, edition: Edition | None = None, **fields: Any) -> Call:
    """A call with eligible nominations from four countries, three sectors and both sexes.

    The first has the most merit, and each has three points less than the one before.
    """
    edition = edition or make.make_edition(seats=4)
    call = make_call(edition, **fields)
    for index in range(how_many):
        nomination = make_nomination(
            edition,
            country=make.make_country(COUNTRIES[index % len(COUNTRIES)]),
            state=Nomination.State.ELIGIBLE,
            sector=SECTORS[index % len(SECTORS)],
            sex="female" if (index + index // 4) % 2 else "male",
            attended_before=index % 5 == 0,
        )
        make_merit(nomination, 95 - 3 * index)
    return call


def make_quota(call: Call, attribute: str, value: str, **fields: Any) -> Quota:
    values = {"order": call.quotas.count()} | fields
    return Quota.objects.create(call=call, attribute=attribute, value=value, **values)


def make_scenario(call: Call, officer: Account, name: str = "Balanced", **fields: Any) -> Scenario:
    """A scenario with the call's quotas, begun as an officer would."""
    return actions.begin(call.edition, {"name": name} | fields, actor=officer)


# --- Letters --------------------------------------------------------------------------------------
def make_offers(
    edition: Edition, nominations: list[Nomination], state: str = Offer.State.ACCEPTED
) -> list[Offer]:
    """Offers by a decision in force, answered already; who accepted takes part."""
    scenario = Scenario.objects.create(edition=edition, name="Chosen", seats=len(nominations))
    decision = Decision.objects.create(
        edition=edition,
        scenario=scenario,
        number=edition.decisions.count() + 1,
        state=Decision.State.IN_FORCE,
    )
    made = []
    for nomination in nominations:
        part = None
        if state == Offer.State.ACCEPTED:
            part = make.make_participation(edition, nomination.person, country=nomination.country)
        made.append(
            Offer.objects.create(
                edition=edition,
                decision=decision,
                nomination=nomination,
                subject=nomination.subject,
                state=state,
                answer_by=clock.now() + timedelta(days=10),
                participation=part,
            )
        )
    return made


def make_letterhead(edition: Edition, **fields: Any) -> Letterhead:
    values = {
        "sender": "Regional Programme for e-Government",
        "address": "88 Harbour Road\nIncheon",
        "signatory": "Han Ji-woo",
        "signatory_position": "Director",
        "prefix": "INC/2007",
        "contact": "secretariat@example.org",
    } | fields
    return Letterhead.objects.create(edition=edition, **values)


def make_letter_edition(how_many: int = 3, **fields: Any) -> Edition:
    """An edition with a letterhead, our wordings, and so many nominees who accepted.

    They come from Fiji, Thailand, Iran and Mongolia in turn, which were asked in English, English,
    Persian and Mongolian.
    """
    edition = make.make_edition(**fields)
    call = make_call(edition)
    languages = {"FJ": "en", "TH": "en", "IR": "fa", "MN": "mn"}
    for alpha2, language in languages.items():
        make_invitation(call, make.make_country(alpha2), language=language)
    make_letterhead(edition)
    officer = make.make_account(roles=["secretariat"])
    for kind in LetterKind:
        letterheads.begin_with_ours(edition, kind, actor=officer)
    nominations = [
        make_nomination(
            edition,
            country=make.make_country(COUNTRIES[index % len(COUNTRIES)]),
            state=Nomination.State.ELIGIBLE,
        )
        for index in range(how_many)
    ]
    if nominations:
        make_offers(edition, nominations)
    return edition


PASSPORT = {
    "name": "TUILAGI MERE",
    "number": "KX4711008",
    "nationality": "Fijian",
    "born_on": "1971-04-30",
    "born_in": "Savusavu",
    "issued_on": "2005-02-01",
    "expires_on": "2015-01-31",
}


def make_passport(person: Person, edition: Edition, **fields: Any) -> Passport:
    """What somebody entered themselves."""
    account = Account.objects.filter(person=person).first() or make.make_account(person=person)
    return passports.save(person, edition, PASSPORT | fields, expected_version=None, actor=account)
