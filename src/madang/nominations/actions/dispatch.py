"""Sending: the call with its letter, and reminders, to one country or to many."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.core import audit, clock, files, jobs, locales, outbox
from madang.core.jobs import Outcome, Progress
from madang.core.models import Job
from madang.core.policies import Who
from madang.documents import numbering, verification
from madang.nominations import deadlines, documents
from madang.nominations.actions import invitations, register
from madang.nominations.models import Call, Correspondence, Invitation
from madang.people import access_links
from madang.people.actions.refusal import RefusedError
from madang.people.models import AccessLink, Account

JOB = "nominations.send"
LETTER = "call_letter"
# More than these are sent by the worker.
MOST_AT_ONCE = 20
PREFIX_LENGTH = 30

Kind = Correspondence.Kind


def whole(keys: Sequence[UUID | str]) -> list[Invitation]:
    """Invitations with everything that letters and mails speak of."""
    return list(
        Invitation.objects.filter(pk__in=keys).select_related(
            "country", "organisation", "focal_point__subject", "call__edition__series"
        )
    )


@transaction.atomic
def send_call(invitation: Invitation, *, actor: audit.Actor, apart: bool = True) -> Correspondence:
    """Mail the call to a focal point, with their link and the letter to the government.

    It goes out once a day at most for one link. Raises `RefusedError` where it can't be sent.
    """
    link = _link(invitation, actor)
    edition = invitation.call.edition
    key = f"call:{link.pk}:{clock.today(edition.zone)}"
    known = Correspondence.objects.filter(key=key).first()
    if known is not None:
        return known
    entry = register.enter_sent(edition, invitation.country, Kind.CALL, key=key, actor=actor)
    entry.reference = numbering.next_reference(f"{edition.slug[:PREFIX_LENGTH].upper()}/CALL")
    document = verification.issue(entry, LETTER, entry.reference, scope_id=edition.pk, actor=actor)
    letter = documents.call_letter(invitation, document, apart=apart)
    verification.seal(document, letter)
    name = f"{entry.reference.replace('/', '-')}.pdf"
    file = files.store(letter, owner=entry, actor=actor, name=name, subject=entry.subject)
    message = _mail(invitation, link, "nominations/mails/call", key, actor, attachments=[file])
    entry.summary = message.heading
    entry.save(update_fields=["reference", "summary"])
    return entry


@transaction.atomic
def send_reminder(
    invitation: Invitation, *, actor: audit.Actor, apart: bool = True
) -> Correspondence:
    """Remind a focal point who was asked; once a day at most. Raises `RefusedError`."""
    del apart  # no letter goes with it
    edition = invitation.call.edition
    entries = Correspondence.objects.filter(edition=edition, country=invitation.country)
    if not entries.filter(kind=Kind.CALL, direction=Correspondence.Direction.SENT).exists():
        raise RefusedError(_("The call was not sent yet."))
    link = _link(invitation, actor)
    key = f"reminder:{link.pk}:{clock.today(edition.zone)}"
    message = _mail(invitation, link, "nominations/mails/reminder", key, actor)
    return register.enter_sent(
        edition, invitation.country, Kind.REMINDER, key=key, message=message, actor=actor
    )


ACTS: dict[str, Callable[..., Correspondence]] = {"call": send_call, "reminder": send_reminder}


def send_many(
    call: Call, kind: str, chosen: Sequence[Invitation], *, actor: Who
) -> tuple[int, dict[str, str]] | Job:
    """Send to these countries: how many, and why not to others; a job where they are many."""
    if not chosen:
        raise RefusedError(_("There is nobody to send this to."))
    if len(chosen) > MOST_AT_ONCE:
        titles = {"call": _("Sending the call"), "reminder": _("Sending reminders")}
        return jobs.start(
            JOB,
            actor=actor,
            title=titles[kind],
            arguments={
                "call": str(call.pk),
                "kind": kind,
                "invitations": [str(invitation.pk) for invitation in chosen],
                "officer": str(actor.audit_id),
            },
        )
    return _send_each(call, kind, chosen, actor, apart=True, report=lambda _done: None)


def send_job(
    progress: Progress, *, call: str, kind: str, invitations: list[str], officer: str
) -> Outcome:  # the names are those of the job's arguments
    """The same in the worker."""
    of_call = Call.objects.select_related("edition").get(pk=UUID(call))
    chosen = whole(invitations)
    sent, refused = _send_each(
        of_call, kind, chosen, Account.objects.get(pk=UUID(officer)),
        apart=False, report=lambda done: progress.report(done, len(chosen)),
    )  # fmt: skip
    url = reverse("nominations:countries", args=[of_call.edition.slug])
    return Outcome(told(sent, refused), url, _("Countries"))


def told(sent: int, refused: dict[str, str]) -> str:
    """What came of sending, in a sentence or two."""
    said = ngettext("Sent to %(number)s country.", "Sent to %(number)s countries.", sent)
    said %= {"number": locales.number(sent)}
    if refused:
        said += " " + _("Not sent to: %(countries)s.") % {
            "countries": locales.listed(f"{name} ({why})" for name, why in refused.items())
        }
    return said


def _send_each(
    call: Call,
    kind: str,
    chosen: Sequence[Invitation],
    actor: Any,
    *,
    apart: bool,
    report: Callable[[int], None],
) -> tuple[int, dict[str, str]]:
    sent, refused = 0, {}
    for done, invitation in enumerate(chosen, start=1):
        try:
            ACTS[kind](invitation, actor=actor, apart=apart)
            sent += 1
        except RefusedError as error:
            refused[str(invitation.country.wording("name"))] = str(error.why)
        except outbox.UnsendableError:
            refused[str(invitation.country.wording("name"))] = _("the address is not valid")
        report(done)
    if kind == "call" and sent:
        audit.record(actor, "call.announced", call, countries=sent)
    return sent, refused


def _link(invitation: Invitation, actor: audit.Actor) -> AccessLink:
    """The link to send, under a lock on the row. Raises `RefusedError`."""
    Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    why = deadlines.closed_because(invitation.call, invitation)
    if why is not None:
        raise RefusedError(why)
    person = invitation.focal_point
    if person is None or not person.email:
        raise RefusedError(_("no focal point with an address"))
    return invitations.give_link(invitation, actor=actor)


def _mail(
    invitation: Invitation,
    link: AccessLink,
    template: str,
    key: str,
    actor: audit.Actor,
    **options: Any,
) -> Any:
    call = invitation.call
    return outbox.post(
        key=key,
        to=invitation.focal_point,
        template=template,
        context={
            "person": invitation.focal_point,
            "country": invitation.country,
            "edition": call.edition,
            "call": call,
            "deadline": deadlines.of(call, invitation),
            "address": access_links.address(link),
        },
        language=invitation.language,
        actor=actor,
        about=invitation,
        **options,
    )
