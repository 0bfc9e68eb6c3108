"""Makes calls, countries asked and nominations for tests; names and addresses are invented."""

from datetime import timedelta
from itertools import count
from typing import Any

from madang.core import clock
from madang.nominations.models import (
    Answer,
    Call,
    Choice,
    Criterion,
    Invitation,
    Nomination,
    Question,
)
from madang.people import access_links
from madang.people.models import AccessLink, Country, Person
from madang.workshops.models import Edition
from tests.factories import make_country, make_edition, make_people, make_person

_numbers = count(1)


def make_call(edition: Edition | None = None, **fields: Any) -> Call:
    """An open call whose deadline is thirty days ahead, and which needs no endorsement."""
    values: dict[str, Any] = {
        "state": Call.State.OPEN,
        "deadline": clock.now() + timedelta(days=30),
        "endorsement_needed": False,
    }
    return Call.objects.create(edition=edition or make_edition(), **values | fields)


def make_invitation(
    call: Call | None = None, country: Country | None = None, **fields: Any
) -> Invitation:
    """A country asked, through a focal point who can be written to."""
    country = country or make_country("FJ")
    values = dict(fields)
    if "focal_point" not in values:
        number = next(_numbers)
        values["focal_point"] = make_person(
            f"Focal point {number}", email=f"focal{number}@example.org", country=country
        )
    return Invitation.objects.create(call=call or make_call(), country=country, **values)


def make_nominate_link(invitation: Invitation, **fields: Any) -> AccessLink:
    """The focal point's link for their country."""
    values = {"until": clock.now() + timedelta(days=60)} | fields
    return access_links.give("nominate", invitation, invitation.focal_point, actor=None, **values)


def make_question(call: Call, key: str = "", choices: tuple[str, ...] = (), **fields: Any) -> Any:
    """A question of a call; `choices` are codes, whose texts are these codes in capitals."""
    number = next(_numbers)
    key = key or f"question-{number}"
    values = {"text": f"Question {key}", "order": number} | fields
    question = Question.objects.create(call=call, key=key, **values)
    for place, code in enumerate(choices):
        Choice.objects.create(question=question, code=code, text=code.upper(), order=place)
    return question


def make_nomination(
    edition: Edition | None = None, person: Person | None = None, **fields: Any
) -> Nomination:
    """A complete nomination that was received; `fields` change what matters."""
    edition = edition or make_edition()
    number = fields.pop("number", edition.nominations.count() + 1)
    country = fields.pop("country", None) or make_country("FJ")
    person = person or make_person(
        f"Nominee {number}",
        email=f"nominee{next(_numbers)}@example.org",
        position="Director of e-Services",
        country=country,
    )
    values = nomination_values() | fields
    return Nomination.objects.create(
        edition=edition, number=number, person=person, country=country,
        subject=person.subject, **values,
    )  # fmt: skip


def make_nominations(edition: Edition, how_many: int, **fields: Any) -> list[Nomination]:
    """Many complete nominations of new people, in three queries."""
    country = fields.pop("country", None) or make_country("FJ")
    first = edition.nominations.count() + 1
    people = make_people(how_many, country=country, position="Director", email="n@example.org")
    values = nomination_values() | fields
    return Nomination.objects.bulk_create(
        Nomination(
            edition=edition, number=number, person=person, country=country,
            subject=person.subject, version=1, **values,
        )
        for number, person in enumerate(people, start=first)
    )  # fmt: skip


def nomination_values() -> dict[str, Any]:
    """What a complete nomination holds beside its person."""
    return {
        "state": Nomination.State.SUBMITTED,
        "origin": Nomination.Origin.FORM,
        "organisation_name": "Ministry of Communications",
        "sector": "government",
        "sex": "female",
        "years_experience": 8,
        "language_level": 4,
        "attended_before": False,
        "submitted_at": clock.now(),
    }


def make_answer(nomination: Nomination, question: Question, text: str, **fields: Any) -> Answer:
    """What a nominee answered; the code is the text, for a choice."""
    values = {"subject": nomination.subject} | fields
    return Answer.objects.create(nomination=nomination, question=question, text=text, **values)


def make_criterion(call: Call, name: str = "", **fields: Any) -> Criterion:
    """A line of the rubric."""
    return Criterion.objects.create(call=call, name=name or f"Criterion {next(_numbers)}", **fields)
