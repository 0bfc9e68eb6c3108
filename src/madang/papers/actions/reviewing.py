"""What the secretariat does with papers: accept, send back, excuse, give more time."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, clock
from madang.papers import delegations
from madang.papers.actions import mailing, opening
from madang.papers.actions.writing import held
from madang.papers.models import Paper, Remark
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Participation


@transaction.atomic
def accept(paper: Paper, text: str, *, expected_version: int, actor: audit.Actor) -> None:
    """Accept the newest version; it opens in the room as far as the country agreed.

    Raises `StaleRecordError` where another version came since the reviewer looked.
    """
    stored = held(paper, expected_version)
    stored.accept(actor=actor)
    newest = stored.versions.order_by("-number").first()
    if newest is None:
        raise RefusedError(_("There is no file to accept."))
    newest.is_accepted = True
    newest.save(update_fields=["is_accepted"])
    _judged(stored, text, actor)


@transaction.atomic
def send_back(paper: Paper, text: str, *, expected_version: int, actor: audit.Actor) -> None:
    """Ask for another version; `text` says what to change. It is shown nowhere until then."""
    if not text.strip():
        raise RefusedError(_("Say what has to change."), "text")
    stored = held(paper, expected_version)
    stored.send_back(actor=actor)
    for version in stored.versions.filter(is_accepted=True):
        version.is_accepted = False
        version.save(update_fields=["is_accepted"])
    _judged(stored, text, actor)


def _judged(paper: Paper, text: str, actor: audit.Actor) -> None:
    remark = Remark.objects.create(
        paper=paper, by_id=actor.audit_id, verdict=paper.state, text=text
    )
    mailing.tell_judged(remark, _delegation(paper), actor=actor)
    opening.settle(paper.edition_id, paper.country_id, actor=actor)


@transaction.atomic
def excuse(paper: Paper, reason: str, *, expected_version: int, actor: audit.Actor) -> None:
    """Expect it no more, with a reason."""
    stored = held(paper, expected_version)
    stored.excuse_it(actor=actor, fields={"excuse": reason})


def ask_again(paper: Paper, *, actor: audit.Actor) -> None:
    """Expect it after all."""
    paper.ask_again(actor=actor, fields={"excuse": ""})


@transaction.atomic
def extend(
    paper: Paper, until: datetime, note: str, *, expected_version: int, actor: audit.Actor
) -> None:
    """Give a delegation more time for one paper, and tell them. Raises `RefusedError`."""
    stored = held(paper, expected_version)
    if not stored.is_owed:
        raise RefusedError(_("Nothing is owed any more: it needs no more time."))
    if until <= clock.now():
        raise RefusedError(_("This moment is over already."), "until")
    stored.own_deadline, stored.extension_note = until, note
    stored.save()
    audit.record(actor, "paper.extended", stored, until=until)
    mailing.tell_extended(stored, _delegation(stored), actor=actor)


def _delegation(paper: Paper) -> list[Participation]:
    return delegations.of(paper.edition).get(paper.country_id, [])
