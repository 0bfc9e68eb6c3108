"""Seats that were lost: named anew by the ministry, released, filled from the reserves."""

from django.db import transaction
from django.utils.translation import gettext as _

from madang.cohorts.actions import offers
from madang.cohorts.models import Offer
from madang.cohorts.queries import seats as queries
from madang.core import audit, clock, locales
from madang.nominations import eligibility
from madang.nominations.models import Call, Invitation, Nomination
from madang.nominations.queries.nominations import whole
from madang.people.actions.refusal import RefusedError


@transaction.atomic
def substitute(lost: Offer, nomination: Nomination, *, actor: audit.Actor | None) -> Offer:
    """Let a ministry name somebody else for a seat that it lost. The offer is sent at once.

    Eligibility, endorsement and quotas are checked again. Raises `RefusedError` after the date
    until which this is possible, and where the cohort would break a rule that it keeps now.
    """
    stored = _lost(lost)
    until = offers.terms(stored.edition).substitution_until
    if until is not None and until <= clock.now():
        zone = stored.edition.zone
        moment = [locales.calendar_date(until, "long", zone), locales.clock_time(until, zone)]
        raise RefusedError(
            _("Somebody else could be named until %(moment)s.") % {"moment": locales.listed(moment)}
        )
    _check_nominee(stored, nomination)
    if nomination.country_id != stored.nomination.country_id:
        raise RefusedError(_("A ministry can name somebody of its own country only."))
    _check_rules(stored, nomination)
    made = offers.new(
        stored.decision, nomination,
        wave=offers.next_wave(stored.edition),
        answer_by=offers.answers_due(stored.edition),
        substitutes=stored,
    )  # fmt: skip
    audit.record(actor, "offer.substituted", stored)
    offers.send(made, actor=actor)
    made.refresh_from_db()
    return made


@transaction.atomic
def release(lost: Offer, *, actor: audit.Actor | None) -> None:
    """The ministry gives a lost seat back, so that it can go elsewhere."""
    stored = _lost(lost)
    stored.released_at = clock.now()
    stored.save(update_fields=["released_at"])
    audit.record(actor, "offer.released", stored)


@transaction.atomic
def fill(lost: Offer, nomination: Nomination, *, actor: audit.Actor) -> Offer:
    """Offer a released seat to somebody else; the offer is prepared, to be sent with a wave.

    Raises `RefusedError` while the ministry has not released the seat, and where the cohort would
    break a rule that it keeps now.
    """
    stored = _standing_loss(lost)
    if stored.released_at is None:
        raise RefusedError(_("The ministry has not released this seat yet."))
    _check_nominee(stored, nomination)
    _check_rules(stored, nomination)
    made = offers.new(
        stored.decision, nomination,
        wave=offers.next_wave(stored.edition),
        answer_by=offers.answers_due(stored.edition),
        fills=stored,
    )  # fmt: skip
    audit.record(actor, "offer.filled", stored)
    return made


@transaction.atomic
def let_nominate_again(lost: Offer) -> Invitation | None:
    """Open the nominating page of a country that lost a seat, until it may name somebody else.

    Answers how the country is asked; None where it is not.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .filter(call__edition=lost.edition, country=lost.nomination.country)
        .select_related("focal_point__subject", "call__edition", "country")
        .first()
    )
    until = offers.terms(lost.edition).substitution_until
    if invitation is None or until is None or until <= clock.now():
        return invitation
    if invitation.deadline is None or invitation.deadline < until:
        invitation.deadline = until
        invitation.save(update_fields=["deadline"])
        audit.record(
            None, "invitation.changed", invitation, scope=lost.edition_id, fields=["deadline"]
        )
    return invitation


def _standing_loss(lost: Offer) -> Offer:
    """The offer, locked with its edition: a lost one whose seat nobody else has been offered."""
    offers.hold_seats(lost.edition_id)
    stored = offers.whole(Offer.objects.select_for_update(of=("self",))).get(pk=lost.pk)
    if stored.state not in Offer.LOST:
        raise RefusedError(_("This seat is not free."))
    if stored.is_taken_up:
        raise RefusedError(_("This seat has been offered to somebody else."))
    return stored


def _lost(lost: Offer) -> Offer:
    stored = _standing_loss(lost)
    if stored.released_at is not None:
        raise RefusedError(_("This seat has been released."))
    return stored


def _check_nominee(lost: Offer, nomination: Nomination) -> None:
    if nomination.edition_id != lost.edition_id:
        raise RefusedError(_("This nomination is for another workshop."))
    if nomination.state != Nomination.State.ELIGIBLE:
        raise RefusedError(_("This nomination has not been found eligible."))
    call = Call.objects.filter(edition=lost.edition_id).first()
    if call is not None:
        grounds = eligibility.check(call, [whole().get(pk=nomination.pk)])
        # An officer may have found somebody eligible against the other grounds, and answers for it.
        against = [code for code in grounds[nomination.pk] if code == "not_endorsed"]
        if against:
            raise RefusedError(" ".join(eligibility.sentences(against)))
    if Offer.objects.filter(nomination=nomination).exists():
        raise RefusedError(_("This nominee was offered a seat already."))


def _check_rules(lost: Offer, nomination: Nomination) -> None:
    broken = queries.broken_with(lost.edition, lost.decision, nomination, instead_of=lost)
    if broken:
        raise RefusedError(
            _("The cohort would no longer keep: %(rules)s.") % {"rules": "; ".join(broken)}
        )
