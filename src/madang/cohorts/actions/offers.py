"""Offers of seats: prepared from a decision, sent in waves, answered, lapsed, given more time."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from madang.cohorts.models import Decision, Offer, OfferTerms, Verdict
from madang.core import audit, clock, events, outbox
from madang.core.models import Event, Message
from madang.nominations.actions import register
from madang.nominations.models import Correspondence, Nomination
from madang.people import access_links
from madang.people.actions.refusal import RefusedError
from madang.people.models import AccessLink, Account, Person
from madang.workshops.actions import participations, records
from madang.workshops.models import Edition, Participation

ANSWERED, LOST = "offer.answered", "offer.lost"
# How long a nominee's link holds after the day to answer by, to read the answer or change it.
LINK_LASTS = timedelta(days=60)


# --- Terms --------------------------------------------------------------------------------------
def terms(edition: Edition) -> OfferTerms:
    """By when answers are due, and until when ministries may name somebody else."""
    return OfferTerms.objects.filter(edition=edition).first() or OfferTerms(edition=edition)


@transaction.atomic
def set_terms(
    edition: Edition, values: dict[str, Any], *, expected_version: int | None, actor: audit.Actor
) -> None:
    """Set the terms of an edition's offers; `expected_version` is None where there were none.

    Raises `RefusedError` where somebody else set them first, `StaleRecordError` as changes do.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    known = OfferTerms.objects.filter(edition=edition).first()
    if known is None:
        known = OfferTerms(edition=edition, **values)
        records.add(known, "terms.changed", actor=actor, fields=sorted(values))
    elif expected_version is None:
        raise RefusedError(_("Somebody else has set the terms just now: look at them again."))
    else:
        records.change(
            known, values, "terms.changed", expected_version=expected_version, actor=actor
        )


def hold_seats(edition_id: UUID) -> None:
    """Wait for whoever gives or takes seats of an edition; before any other row is locked.

    Taking part locks the edition as well: in another order, two would wait for each other.
    """
    Edition.objects.select_for_update().get(pk=edition_id)


# --- Waves --------------------------------------------------------------------------------------
@transaction.atomic
def prepare(decision: Decision, *, actor: audit.Actor) -> int:
    """An offer for everybody whom a decision in force chose and who stands still; how many are new.

    Raises `RefusedError` for a decision that is not in force.
    """
    hold_seats(decision.edition_id)
    stored = (
        Decision.objects.select_for_update(of=("self",))
        .select_related("edition")
        .get(pk=decision.pk)
    )
    if stored.state != Decision.State.IN_FORCE:
        raise RefusedError(_("The decision is not in force: a director approves it first."))
    chosen = unprepared(stored).select_related("nomination").order_by("nomination__number")
    wave = next_wave(stored.edition)
    answer_by = answers_due(stored.edition)
    made = 0
    for verdict in chosen:
        new(stored, verdict.nomination, wave=wave, answer_by=answer_by)
        made += 1
    audit.record(actor, "offer.prepared", stored, number=made)
    return made


def unprepared(decision: Decision) -> QuerySet[Verdict]:
    """What was said of those who are chosen, still nominated, and not offered a seat yet."""
    return decision.verdicts.filter(
        outcome=Verdict.Outcome.CHOSEN,
        nomination__offer=None,
        nomination__state=Nomination.State.ELIGIBLE,
        nomination__person__erased_at=None,
    )


def new(
    decision: Decision,
    nomination: Nomination,
    *,
    wave: int,
    answer_by: datetime,
    substitutes: Offer | None = None,
    fills: Offer | None = None,
) -> Offer:
    """A prepared offer, in the caller's transaction."""
    offer = Offer(
        edition_id=decision.edition_id,
        decision=decision,
        nomination=nomination,
        subject_id=nomination.subject_id,
        wave=wave,
        answer_by=answer_by,
        substitutes=substitutes,
        fills=fills,
    )
    offer.save(force_insert=True)
    return offer


def next_wave(edition: Edition) -> int:
    """The number of the wave that is being prepared: one more than the last that was sent."""
    sent = edition.offers.exclude(state=Offer.State.PREPARED).order_by("-wave").first()
    return sent.wave + 1 if sent is not None else 1


def answers_due(edition: Edition) -> datetime:
    """The end of the last day on which an offer of today is to be answered, at the place."""
    day = clock.today(edition.zone) + timedelta(days=terms(edition).answer_days)
    return edition.moment(day, time(23, 59))


@transaction.atomic
def send(offer: Offer, *, actor: audit.Actor | None) -> None:
    """Send one offer: a mail with a link to the nominee, and a line in the register.

    Raises `RefusedError` where the nominee has no good address or is not nominated any more;
    `TransitionRefusedError` where it went out already.
    """
    stored = _sent(offer, actor)
    person = stored.nomination.person
    if not person.email:
        raise RefusedError(
            _("%(name)s has no e-mail address: send the offer on paper, and record that.")
            % {"name": person}
        )
    _enter_sent(stored, actor, message=_mail(stored, _link(stored, person, actor), actor))


@transaction.atomic
def send_on_paper(offer: Offer, *, actor: audit.Actor | None) -> None:
    """Record that an offer went out by letter or note verbale: for who can't be reached by mail.

    Raises `RefusedError` where the nominee is not nominated any more.
    """
    _enter_sent(_sent(offer, actor), actor, channel=Correspondence.Channel.LETTER)


def _sent(offer: Offer, actor: audit.Actor | None) -> Offer:
    """The offer, locked and sent: there are days to answer from now on, however it goes out."""
    hold_seats(offer.edition_id)
    stored = whole(Offer.objects.select_for_update(of=("self",))).filter(pk=offer.pk).first()
    if stored is None:
        raise RefusedError(_("This offer is gone: its decision was dropped."))
    _require_nominated(stored)
    answer_by = max(stored.answer_by, answers_due(stored.edition))
    stored.send(actor=actor, fields={"sent_at": clock.now(), "answer_by": answer_by})
    return stored


def _enter_sent(
    offer: Offer,
    actor: audit.Actor | None,
    *,
    message: Message | None = None,
    channel: str = Correspondence.Channel.EMAIL,
) -> None:
    register.enter_sent(
        offer.edition, offer.nomination.country, Correspondence.Kind.OFFER,
        key=_key(offer), message=message, channel=channel, actor=actor,
    )  # fmt: skip


def _key(offer: Offer) -> str:
    """What makes each sending of an offer leave once."""
    return f"offer:{offer.pk}:{offer.version}"


def _link(offer: Offer, person: Person, actor: audit.Actor | None) -> AccessLink:
    return access_links.give(
        "offer", offer, person, until=offer.answer_by + LINK_LASTS, actor=actor
    )


def _mail(offer: Offer, link: AccessLink, actor: audit.Actor | None) -> Message:
    """The mail with the link. Raises `RefusedError` where the address can't be written to."""
    person = offer.nomination.person
    try:
        return outbox.post(
            key=_key(offer),
            to=person,
            template="cohorts/mails/offer",
            context={
                "offer": offer,
                "person": person,
                "edition": offer.edition,
                "address": access_links.address(link),
            },
            actor=actor,
            about=offer,
        )
    except outbox.UnsendableError:
        raise RefusedError(_("The address of %(name)s is not valid.") % {"name": person}) from None


def whole(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Offers with everything that actions and pages speak of."""
    return offers.select_related(
        "subject", "edition", "decision", "nomination__country",
        "nomination__person__subject", "nomination__organisation",
    )  # fmt: skip


# --- Answers ------------------------------------------------------------------------------------
@transaction.atomic
def accept(offer: Offer, *, actor: audit.Actor | None) -> Participation:
    """They come: they take part from now on, with an account to sign in by a code."""
    hold_seats(offer.edition_id)
    stored = whole(Offer.objects.select_for_update(of=("self",))).get(pk=offer.pk)
    nomination = stored.nomination
    if nomination.person.erased_at is not None:
        raise RefusedError(_("The data of this person were erased."))
    _require_nominated(stored)
    participation = _participation(stored, actor=actor)
    stored.accept(actor=actor, fields={"answered_at": clock.now(), "participation": participation})
    events.record(ANSWERED, stored)
    return participation


def _participation(offer: Offer, *, actor: audit.Actor | None) -> Participation:
    """The nominee's part in the edition: a new one, or the one they had before."""
    nomination = offer.nomination
    known = Participation.objects.filter(edition=offer.edition, person=nomination.person).first()
    if known is None:
        return participations.add_person(
            offer.edition,
            nomination.person,
            {
                "kind": Participation.Kind.PARTICIPANT,
                "country": nomination.country,
                "organisation": nomination.organisation,
            },
            with_account=_wants_account(nomination.person),
            actor=actor,
        )
    if known.state == Participation.State.CANCELLED:
        participations.restore_participation(known, actor=actor)
    return known


def _wants_account(person: Person) -> bool:
    """Whether to open an account: who has one keeps it, and two can't sign in by one address."""
    if not person.email:
        return False
    own = Q(person=person, is_active=True) | Q(email=person.email) & ~Q(person=person)
    return not Account.objects.filter(own).exists()


def _require_nominated(offer: Offer) -> None:
    """Nobody takes a seat for whom their country does not speak any more."""
    if offer.nomination.state != Nomination.State.ELIGIBLE:
        raise RefusedError(
            _("The nomination does not stand any more: it is now “%(state)s”.")
            % {"state": offer.nomination.get_state_display()}
        )


@transaction.atomic
def decline(offer: Offer, *, remark: str = "", actor: audit.Actor | None) -> None:
    """They do not come; who had accepted no longer takes part."""
    _lose(offer, "decline", remark, actor)


@transaction.atomic
def withdraw(offer: Offer, *, remark: str = "", actor: audit.Actor | None) -> None:
    """The seat is taken back, by the ministry or by the organisers."""
    _lose(offer, "withdraw", remark, actor)


def _lose(offer: Offer, verb: str, remark: str, actor: audit.Actor | None) -> None:
    hold_seats(offer.edition_id)
    stored = whole(Offer.objects.select_for_update(of=("self",))).get(pk=offer.pk)
    was_sent = stored.state != Offer.State.PREPARED
    fields = {"answered_at": clock.now(), "remark": remark.strip()}
    getattr(stored, verb)(actor=actor, fields=fields)
    participation = stored.participation
    if participation is not None and participation.state == Participation.State.EXPECTED:
        participations.cancel_participation(participation, actor=actor)
    if was_sent:
        events.record(LOST, stored)


def lose_with_nomination(event: Event) -> None:
    """A country took a nomination back: a seat that its nominee holds is lost."""
    offer = Offer.objects.filter(
        nomination=event.thing_id,
        nomination__state=Nomination.State.WITHDRAWN,
        state__in=Offer.HOLDING,
    ).first()
    if offer is not None:
        withdraw(offer, actor=None)


def lapse_due() -> int:
    """Let offers lapse whose time to answer is over; how many did. Runs every hour."""
    due = Offer.objects.filter(state=Offer.State.SENT, answer_by__lt=clock.now())
    lapsed = 0
    for key in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            # Answered, or given more time, while the others lapsed: it is due no longer.
            stored = due.select_for_update().filter(pk=key).first()
            if stored is not None:
                stored.lapse(actor=None)
                events.record(LOST, stored)
                lapsed += 1
    return lapsed


@transaction.atomic
def extend(offer: Offer, answer_by: datetime, *, actor: audit.Actor) -> None:
    """Give more time. Raises `RefusedError` for a moment that has passed or is no later."""
    stored = Offer.objects.select_for_update().get(pk=offer.pk)
    if answer_by <= clock.now():
        raise RefusedError(_("This moment has passed."), "answer_by")
    stored.extend(actor=actor, fields={"answer_by": answer_by})
    for link in access_links.of(stored, "offer")[:1]:
        _link(stored, link.person, actor)
