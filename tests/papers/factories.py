"""Makes what tests of papers need: each takes what matters."""

from datetime import UTC, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from madang.papers.actions import asking, reviewing, writing
from madang.papers.models import Paper, PaperRequest
from madang.people.models import Account
from madang.workshops.models import Edition, Participation
from tests import factories as make

PDF = b"%PDF-1.4\n%%EOF\n"
OPENED = datetime(2007, 9, 10, 1, tzinfo=UTC)
DEADLINE = datetime(2007, 9, 28, 8, tzinfo=UTC)


def pdf(content: bytes = PDF, name: str = "My name on it.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def make_delegate(edition: Edition, country: str = "FJ", name: str = "") -> Participation:
    """Somebody who comes from a country, with an account and an address."""
    person = make.make_person(name, email=f"{country}@example.org".lower())
    make.make_account(person=person, roles=[("participant", edition)])
    return make.make_participation(edition, person, country=make.make_country(country))


def make_request(edition: Edition, **fields: Any) -> PaperRequest:
    """A request for a country paper and slides, not opened yet."""
    request = asking.begin(edition, actor=None)
    for name, value in ({"deadline": DEADLINE} | fields).items():
        setattr(request, name, value)
    request.save()
    return request


def paper_of(country: str, code: str = "country-paper") -> Paper:
    """What a delegation was asked for, as it is stored now."""
    papers = Paper.objects.select_related("kind__request", "edition", "country")
    return papers.get(country__alpha2=country, kind__code=code)


def send(
    paper: Paper,
    actor: Account,
    *,
    title: str = "One counter for all islands",
    agreed: tuple[str, ...] = ("room",),
    content: bytes = PDF,
    **values: Any,
) -> Paper:
    """What a delegation sends."""
    paper.refresh_from_db()
    return writing.save(
        paper,
        {"title": title, **values},
        english={},
        upload=pdf(content),
        agreed=agreed,
        send=True,
        expected_version=paper.version,
        actor=actor,
    )


def accept(paper: Paper, officer: Account) -> None:
    paper.refresh_from_db()
    reviewing.accept(paper, "", expected_version=paper.version, actor=officer)
