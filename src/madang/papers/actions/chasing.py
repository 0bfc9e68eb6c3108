"""Reminders: by hand to chosen delegations, and by themselves around the deadline, each once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from madang.core import audit, clock
from madang.papers import delegations
from madang.papers.actions import mailing
from madang.papers.models import Paper, PaperRequest, Reminder
from madang.workshops.models import Edition

# A reminder whose moment passed longer ago, because nothing ran then, is not sent any more.
STILL_GOOD = timedelta(days=1)


@transaction.atomic
def remind(edition: Edition, countries: Collection[UUID], *, actor: audit.Actor | None) -> int:
    """Remind chosen delegations of what they owe, once a day at most; returns how many got it."""
    today = clock.today(edition.zone)
    owed = [paper for paper in _owed(edition) if paper.country_id in countries]
    return _remind(edition, f"hand:{today}", owed, actor=actor)


def remind_everywhere() -> int:
    """Send what is due by schedule; returns how many delegations were reminded."""
    open_ones = PaperRequest.objects.filter(state=PaperRequest.State.OPEN)
    return sum(remind_by_schedule(each) for each in open_ones.select_related("edition"))


@transaction.atomic
def remind_by_schedule(request: PaperRequest) -> int:
    """The reminders of an edition that have become due, each for its delegation's own deadline."""
    due: dict[str, list[Paper]] = defaultdict(list)
    for paper in _owed(request.edition):
        occasion = _occasion(request, paper)
        if occasion:
            due[occasion].append(paper)
    return sum(
        _remind(request.edition, occasion, papers, actor=None) for occasion, papers in due.items()
    )


def _occasion(request: PaperRequest, paper: Paper) -> str:
    """The part of the schedule that has just become due for a paper, the latest; else ""."""
    if paper.deadline is None:
        return ""
    now = clock.now()
    for days, moment in sorted(_moments(request, paper.deadline), key=lambda pair: pair[1])[::-1]:
        if moment <= now:
            is_good = now - moment < STILL_GOOD and paper.created_at < moment
            return f"{days}:{paper.deadline:%Y%m%d%H%M}" if is_good else ""
    return ""


def _moments(request: PaperRequest, deadline: datetime) -> Iterator[tuple[int, datetime]]:
    """Days between, and the same time of day at the place so many days before the deadline."""
    local = deadline.astimezone(request.edition.zone)
    for days in request.reminder_days:
        yield days, local - timedelta(days=days)


def _owed(edition: Edition) -> Iterable[Paper]:
    """What is owed in an edition, under a lock, so that nobody reminds of the same meanwhile."""
    return (
        Paper.objects.select_for_update(of=("self",))
        .filter(edition=edition, state__in=Paper.OWED)
        .select_related("kind__request", "edition", "country")
        .order_by("kind__order", "pk")
    )


def _remind(
    edition: Edition, occasion: str, papers: Iterable[Paper], *, actor: audit.Actor | None
) -> int:
    papers = list(papers)
    known = Reminder.objects.filter(paper__in=papers, occasion=occasion)
    told = set(known.values_list("paper", flat=True))
    by_delegation: dict[tuple[UUID, datetime | None], list[Paper]] = defaultdict(list)
    for paper in papers:
        if paper.pk not in told:
            by_delegation[paper.country_id, paper.deadline].append(paper)
    people = delegations.of(edition) if by_delegation else {}
    reminded = set()
    for (country_id, _due), owed in by_delegation.items():
        if country_id in people:
            Reminder.objects.bulk_create(
                Reminder(paper=paper, occasion=occasion, version=1) for paper in owed
            )
            audit.record_many(actor, "paper.reminded", ((paper, {}) for paper in owed))
            mailing.tell_reminded(occasion, owed, people[country_id], actor=actor)
            reminded.add(country_id)
    return len(reminded)
