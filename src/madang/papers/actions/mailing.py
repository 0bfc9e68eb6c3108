"""Mails about papers: to everybody in the delegation, each in their language, each once."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from madang.core import audit, outbox
from madang.papers.models import Paper, Remark
from madang.people.time_zones import local_times
from madang.workshops.models import Participation

MAILS = "papers/mails"


def tell_asked(
    papers: Sequence[Paper], people: Iterable[Participation], *, actor: audit.Actor | None
) -> None:
    """What is asked for, and until when."""
    _tell(f"papers.asked:{papers[0].pk}", "asked", papers, people, actor)


def tell_reminded(
    occasion: str,
    papers: Sequence[Paper],
    people: Iterable[Participation],
    *,
    actor: audit.Actor | None,
) -> None:
    """What is still owed."""
    _tell(f"papers.reminder:{occasion}:{papers[0].pk}", "reminder", papers, people, actor)


def tell_judged(
    remark: Remark, people: Iterable[Participation], *, actor: audit.Actor | None
) -> None:
    """That a paper was accepted or sent back, and what the reviewer said."""
    template = "accepted" if remark.verdict == Paper.State.ACCEPTED else "sent_back"
    _tell(f"papers.judged:{remark.pk}", template, [remark.paper], people, actor, remark=remark)


def tell_extended(paper: Paper, people: Iterable[Participation], *, actor: audit.Actor) -> None:
    """That a delegation has more time."""
    assert paper.own_deadline is not None  # noqa: S101 - it was just given
    key = f"papers.extended:{paper.pk}:{paper.own_deadline:%Y%m%d%H%M}"
    _tell(key, "extended", [paper], people, actor)


def _tell(
    key: str,
    template: str,
    papers: Sequence[Paper],
    people: Iterable[Participation],
    actor: audit.Actor | None,
    **further: Any,
) -> None:
    """One mail to each who has an address; the papers are of one delegation and one deadline."""
    first = papers[0]
    due = first.deadline
    for one in people:
        if not one.person.email:
            continue
        outbox.post(
            key=f"{key}:{one.pk}",
            to=one.person,
            template=f"{MAILS}/{template}",
            context={
                "person": one.person,
                "edition": first.edition,
                "country": first.country,
                "papers": papers,
                "deadline": due,
                "local_deadlines": local_times(first.country.alpha2, due) if due else [],
                "path": reverse("own_papers:ours", args=[first.edition.slug]),
                **further,
            },
            actor=actor,
            about=first,
        )
