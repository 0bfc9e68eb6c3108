"""The part of the world with papers."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from madang.papers.actions import asking, presenting, reviewing, writing
from madang.papers.models import Paper, PaperRequest
from madang.people.models import Account
from madang.workshops.models import Participation
from tests import factories as make
from tests.papers.factories import DEADLINE, PDF


def add_papers(
    half: Any, text: str, officer: Account, director: Account, taking_part: Participation
) -> None:
    """A request with a template, a paper that is sent and one that has its place in a session."""
    del director
    taking_part.country = make.make_country("FJ")
    taking_part.save()
    request = asking.begin(half.edition, actor=officer)
    for kind in request.kinds.all():
        kind.title, kind.guidance = text[:120], text
        kind.save()
    template = asking.put_template(request.kinds.first(), "en", _file(), actor=officer)
    # As it is while delegations write, in a draft as well: there nobody could be asked.
    request.deadline, request.state = DEADLINE, PaperRequest.State.OPEN
    request.save()
    asking.ask(request, actor=officer)
    received, accepted = Paper.objects.filter(
        edition=half.edition, country=taking_part.country
    ).order_by("kind__order")
    account = taking_part.person.account
    for paper in (received, accepted):
        writing.save(
            paper,
            {"title": text[:200], "abstract": text, "lead": taking_part},
            english={},
            upload=_file(),
            agreed=("library",),
            send=True,
            expected_version=paper.version,
            actor=account,
        )
    accepted.refresh_from_db()
    reviewing.accept(accepted, text, expected_version=accepted.version, actor=officer)
    presenting.place(half.edition, half.things["session"], [accepted.country_id], 5, actor=officer)
    received.refresh_from_db()
    half.things |= {
        "paper": received,
        "kind": request.kinds.first(),
        "template": template,
        "presentation": half.things["session"].presentations.get(),
    }


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("paper.pdf", PDF)
