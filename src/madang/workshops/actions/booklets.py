"""Making the booklet of a programme: once for each language, paper and reader, by the worker."""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from madang.core import clock, jobs
from madang.core.audit import Actor
from madang.core.models import Job
from madang.documents import fonts, kept
from madang.documents.typesetting import ACCESSIBLE, fingerprint, typeset_apart
from madang.people.visitors import VISITOR
from madang.workshops import documents
from madang.workshops.models import Edition, Participation
from madang.workshops.queries import public
from madang.workshops.queries.public import EditionRow

JOB = "workshops.booklet"
# Anyone may ask for a booklet: this many may wait to be made at a time.
AT_A_TIME = 6
# One that could not be made is not tried again before this.
PAUSE = timedelta(minutes=10)
LASTS = timedelta(days=30)


class BusyError(Exception):
    """So many booklets wait to be made that another has to be asked for later."""


@dataclass(frozen=True)
class Order:
    """Which booklet: of what is published in an edition, in a language, on a paper.

    `inside` is the one for those who take part.
    """

    row: EditionRow
    language: str
    paper: str
    inside: bool

    @property
    def key(self) -> str:
        """What tells this booklet from one that says or looks something else."""
        facts = [*self.row.stamp, self.language, self.paper, self.inside, _look()]
        return hashlib.sha256(json.dumps(facts, default=str).encode()).hexdigest()[:40]

    @property
    def name(self) -> str:
        """The name under which a reader saves it."""
        return f"{self.row.slug}-{self.language}-{self.paper}.pdf"


@cache
def _look() -> str:
    return fingerprint(documents.TEMPLATE, documents.FRAME)


def find(order: Order) -> Path | None:
    """The booklet, if it is made."""
    return kept.find(_group(order.row.id), f"{order.key}.pdf")


def under_way(order: Order) -> Job | None:
    """The job that makes it or did not succeed of late, if there is one."""
    job = Job.objects.filter(kind=JOB, arguments__key=order.key).order_by("-created_at").first()
    if job is None or job.state == Job.State.DONE:
        return None
    if job.state == Job.State.FAILED and job.finished_at < clock.now() - PAUSE:
        return None
    return job


@transaction.atomic
def ask(order: Order, *, actor: Actor | None) -> None:
    """Let the worker make a booklet, unless it is at it. Raises `BusyError` where many wait."""
    # Of many who ask at once, one starts the job.
    Edition.objects.select_for_update().only("id").get(pk=order.row.id)
    if under_way(order) is not None:
        return
    unfinished = Job.objects.filter(kind=JOB, finished_at=None).count()
    if unfinished >= AT_A_TIME:
        raise BusyError
    jobs.start(
        JOB,
        actor=actor,
        title=_("Booklet of the programme"),
        arguments={
            "edition": order.row.slug,
            "language": order.language,
            "paper": order.paper,
            "inside": order.inside,
            "key": order.key,
        },
    )


def make(
    progress: jobs.Progress,
    *,
    edition: str,
    language: str,
    paper: str,
    inside: bool,
    key: str,  # noqa: ARG001 - by which the job is found
) -> None:
    """The job: typeset what is published by now, and keep it."""
    row = public.edition_row(VISITOR, edition)
    order = Order(row, language, paper, inside)
    progress.report(0, 1, _("Setting the pages"))
    with translation.override(language):
        content = typeset(order)
    if content is not None:
        kept.keep(_group(row.id), f"{order.key}.pdf", content)


def typeset(order: Order) -> bytes | None:
    """The booklet as PDF, the same bytes for the same programme; None where nothing is published.

    Raises `JobError` where no font here can write it.
    """
    booklet = documents.booklet(order.row, order.language, order.paper, inside=order.inside)
    if booklet is None:
        return None
    missing = fonts.missing_apart(json.dumps(_texts(booklet.data()), ensure_ascii=False))
    if missing:
        booklet = documents.booklet(
            order.row,
            order.language,
            order.paper,
            inside=order.inside,
            readable=lambda text: not set(text) & set(missing),
        )
        assert booklet is not None  # noqa: S101 - it was there a moment ago
    data = _spared(booklet.data(), missing)
    unwritten = {char for text in _texts(data) for char in text} & set(missing)
    if unwritten:
        raise jobs.JobError(
            _(
                "No font on this computer can write: %(characters)s. Install one for %(scripts)s, "
                "or give names in Latin letters beside the others."
            )
            % {
                "characters": " ".join(sorted(unwritten)),
                "scripts": ", ".join(fonts.scripts(unwritten)),
            }
        )
    return typeset_apart(
        documents.TEMPLATE, data, moment=booklet.version.published_at, standard=ACCESSIBLE
    )


def forget_for_person(person_id: UUID) -> None:
    """Remove booklets that name somebody, once what they say of them has changed."""
    editions = Participation.objects.filter(person=person_id).values_list("edition", flat=True)
    for group in [_group(edition) for edition in editions]:
        transaction.on_commit(partial(kept.remove, group))


def purge() -> int:
    """Remove booklets that were made long ago; returns how many."""
    return kept.purge(LASTS)


def _group(edition_id: UUID) -> str:
    return f"booklet-{edition_id}"


def _texts(value: Any) -> list[str]:
    """Every text in plain data."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    if isinstance(value, list | tuple):
        return [text for each in value for text in _texts(each)]
    return []


def _spared(value: Any, missing: str) -> Any:
    """Plain data without the pictures that no font has."""
    if isinstance(value, str):
        return fonts.without_signs(value, missing) if missing else value
    if isinstance(value, dict):
        return {key: _spared(each, missing) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_spared(each, missing) for each in value]
    return value
