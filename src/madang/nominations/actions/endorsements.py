"""A superior's word for a nomination: asked for by mail, given through a link, or kept on paper."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, clock, files, media_types, outbox
from madang.core.audit import Actor
from madang.core.media_types import UnwantedFileError
from madang.nominations import completeness, deadlines
from madang.nominations.actions import invitations
from madang.nominations.models import Call, Endorsement, Invitation, Nomination
from madang.people import access_links
from madang.people.actions.people import add_person, tidy
from madang.people.actions.refusal import RefusedError
from madang.people.models import AccessLink

PURPOSE = "endorse"
# However near the deadline is, a superior has so long to answer.
LEAST_TIME = timedelta(days=14)

State = Endorsement.State

# What a signed page is: a document or a picture.
_PAGES = frozenset(
    kind.media_type
    for kind in (media_types.PDF, media_types.JPEG, media_types.PNG, media_types.WEBP)
)


@transaction.atomic
def ask(nomination: Nomination, name: str, email: str, *, actor: Actor | None) -> AccessLink:
    """Mail a superior the link by which they endorse; another one's link is revoked.

    Raises `RefusedError` where the nomination was sent already or it is endorsed.
    """
    stored = _locked(nomination)
    _require_draft(stored)
    email = tidy(email).lower()
    call, invitation = _asked(stored)
    deadline = deadlines.of(call, invitation) if call is not None else None
    endorsement = completeness.endorsement_of(stored)
    if endorsement is not None and endorsement.state == State.GIVEN:
        raise RefusedError(_("It is endorsed already."))
    if endorsement is None:
        endorsement = Endorsement(nomination=stored, subject=stored.subject)
    endorser = endorsement.endorser
    if endorser is None or endorser.email != email:
        for link in access_links.of(endorsement, PURPOSE):
            access_links.revoke(link, actor=actor)
        endorser = add_person(
            actor=actor, name=name, email=email, country=stored.country,
            language=invitation.language if invitation is not None else "en",
        )  # fmt: skip
        endorsement.endorser = endorser
    endorsement.asked_at = clock.now()
    endorsement.save()
    if endorsement.state == State.REFUSED:
        endorsement.ask_again(actor=actor, fields={"name": "", "remark": "", "answered_at": None})
    else:
        audit.record(actor, "endorsement.asked", endorsement)
    link = access_links.give(PURPOSE, endorsement, endorser, until=_until(deadline), actor=actor)
    outbox.post(
        key=f"endorsement-asked:{endorsement.pk}:{endorsement.version}",
        to=endorser,
        template="nominations/mails/endorsement_asked",
        context={
            "name": str(endorser),
            "country": stored.country,
            "edition": stored.edition,
            "number": stored.number,
            "address": access_links.address(link),
            "call": call,
            "deadline": deadline,
        },
        about=endorsement,
    )
    return link


@transaction.atomic
def answer(
    endorsement: Endorsement,
    *,
    endorses: bool,
    name: str,
    remark: str = "",
    upload: "UploadedFile[bytes] | None" = None,
    actor: Actor | None,
) -> None:
    """Endorse a nomination or not, by name and position, perhaps with the signed page.

    Tells the focal point. Raises `RefusedError` without a name, or once the nomination was sent;
    `core.media_types.UnwantedFileError` for a file that is not taken.
    """
    _require_draft(_locked(endorsement.nomination))
    _perform(endorsement, endorses=endorses, name=name, remark=remark, actor=actor)
    _attach(endorsement, upload, actor)
    _tell(endorsement)


@transaction.atomic
def record(
    nomination: Nomination,
    *,
    name: str,
    day: date | None,
    remark: str = "",
    upload: "UploadedFile[bytes] | None" = None,
    actor: Actor | None,
) -> Endorsement:
    """Note an endorsement that came on paper, with its scan. Raises as `answer` does."""
    stored = _locked(nomination)
    endorsement = completeness.endorsement_of(stored)
    if endorsement is None:
        endorsement = Endorsement(nomination=stored, subject=stored.subject)
        endorsement.save(force_insert=True)
    if endorsement.state == State.GIVEN:
        raise RefusedError(_("It is endorsed already."))
    _perform(endorsement, endorses=True, name=name, remark=remark, actor=actor)
    stored.endorsed_on = day or clock.today(stored.edition.zone)
    stored.save(update_fields=["endorsed_on"])
    _attach(endorsement, upload, actor)
    return endorsement


def _perform(
    endorsement: Endorsement, *, endorses: bool, name: str, remark: str, actor: Actor | None
) -> None:
    name = tidy(name)
    if not name:
        raise RefusedError(_("Enter the name and position of who endorses."), "name")
    transition: Callable[..., Any] = endorsement.give if endorses else endorsement.refuse
    fields = {"name": name, "remark": tidy(remark), "answered_at": clock.now()}
    transition(actor=actor, fields=fields)


def _attach(
    endorsement: Endorsement, upload: "UploadedFile[bytes] | None", actor: Actor | None
) -> None:
    if not upload:
        return
    stored = files.store(upload, owner=endorsement, subject=endorsement.subject, actor=actor)
    if stored.media_type not in _PAGES:
        raise UnwantedFileError(_("Send the signed page as a PDF, or as a picture of it."))


def _locked(nomination: Nomination) -> Nomination:
    locked = Nomination.objects.select_for_update(of=("self",))
    return locked.select_related("person__subject", "edition__call").get(pk=nomination.pk)


def _require_draft(nomination: Nomination) -> None:
    if nomination.state != Nomination.State.DRAFT:
        raise RefusedError(_("The nomination was sent already: write to the secretariat."))


def _asked(nomination: Nomination) -> tuple[Call | None, Invitation | None]:
    """The call that a nomination answers, and how its country is asked."""
    call = completeness.call_of(nomination)
    return call, deadlines.invitation_of(call, nomination.country) if call is not None else None


def _until(deadline: datetime | None) -> datetime:
    least = clock.now() + LEAST_TIME
    return max(deadline or least, least)


def _tell(endorsement: Endorsement) -> None:
    """Tell the country's focal point what the superior answered."""
    nomination = endorsement.nomination
    _call, invitation = _asked(nomination)
    if invitation is None or invitation.focal_point is None or not invitation.focal_point.email:
        return
    link = invitations.link_of(invitation)
    holds = link is not None and access_links.holds(link)
    outbox.post(
        key=f"endorsement-answered:{endorsement.pk}:{endorsement.version}",
        to=invitation.focal_point,
        template="nominations/mails/endorsement_answered",
        context={
            "edition": nomination.edition,
            "number": nomination.number,
            "given": endorsement.state == State.GIVEN,
            "address": access_links.address(link) if holds else "",
        },
        about=nomination,
    )
