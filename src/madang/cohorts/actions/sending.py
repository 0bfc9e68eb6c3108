"""Sending a wave of offers: in the background, one by one, each of them once."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.cohorts.actions import offers
from madang.cohorts.models import Offer
from madang.core import jobs, locales
from madang.core.jobs import Outcome, Progress
from madang.core.models import Job
from madang.core.policies import Who
from madang.core.transitions import TransitionRefusedError
from madang.people.actions.refusal import RefusedError
from madang.people.models import Account
from madang.workshops.models import Edition

JOB = "cohorts.send_offers"


def start(edition: Edition, chosen: list[Offer], *, actor: Who) -> Job:
    """Let the worker send these prepared offers."""
    if not chosen:
        raise RefusedError(_("No offer is prepared."))
    return jobs.start(
        JOB,
        actor=actor,
        title=_("Offers of seats"),
        arguments={
            "edition": str(edition.pk),
            "offers": [str(offer.pk) for offer in chosen],
            "officer": str(actor.audit_id),
        },
    )


def send_wave(
    progress: Progress, *, edition: str, offers: list[str], officer: str
) -> Outcome:  # the names are those of the job's arguments
    """Send each of the offers that is prepared still; who can't be written to is counted."""
    chosen = Edition.objects.get(pk=UUID(edition))
    actor = Account.objects.get(pk=UUID(officer))
    sent = _send_each(progress, offers, actor)
    missed = len(offers) - sent
    said = ngettext("%(number)s offer is sent.", "%(number)s offers are sent.", sent)
    said %= {"number": locales.number(sent)}
    if missed:
        more = ngettext(
            "%(number)s was not: there is no address, or it went out before.",
            "%(number)s were not: there is no address, or they went out before.",
            missed,
        )
        said += " " + more % {"number": locales.number(missed)}
    return Outcome(said, reverse("cohorts:offers", args=[chosen.slug]), _("Offers"))


def _send_each(progress: Progress, keys: list[str], actor: Account) -> int:
    sent = 0
    for done, key in enumerate(keys, start=1):
        offer = Offer.objects.filter(pk=UUID(key)).first()
        if offer is not None:
            try:
                offers.send(offer, actor=actor)
                sent += 1
            except (RefusedError, TransitionRefusedError):
                # It stays prepared, and the page of the offers says so.
                pass
        progress.report(done, len(keys))
    return sent
