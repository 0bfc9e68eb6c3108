"""Offers and seats: the status board, waves, answers that officers record, gaps that are filled."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from madang.cohorts.actions import offers as actions
from madang.cohorts.actions import seats as seat_actions
from madang.cohorts.actions import sending
from madang.cohorts.forms.offers import AnswerForm, ExtendForm, NomineeForm, OfferFilters, TermsForm
from madang.cohorts.models import Offer
from madang.cohorts.queries import offers as queries
from madang.cohorts.queries import seats
from madang.cohorts.views.pages import page
from madang.core import audit, exports, limits, locales, outbox, texts
from madang.core.models import as_uuid
from madang.core.requests import Request, form_page, page_of
from madang.documents import tables
from madang.people import access_links
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


def _found(edition: Edition, offer_id: UUID) -> Offer:
    offer = common.found(actions.whole(edition.offers.all()), offer_id)
    texts.prefetch([offer.nomination.country])
    return offer


def _board(edition: Edition) -> str:
    return reverse("cohorts:offers", args=[edition.slug])


def _address(offer: Offer) -> str:
    return reverse("cohorts:offer", args=[offer.edition.slug, offer.pk])


@require_safe
@common.of_edition()
def offers(request: Request, edition: Edition) -> HttpResponseBase:
    """Where every seat stands."""
    form = OfferFilters(request.GET, countries=queries.countries(edition))
    form.is_valid()
    found = queries.listed(edition, form.cleaned_data)
    if tables.wanted(request):
        return tables.respond(
            request, _table(found), f"{edition.slug}-offers",
            title=_("Offers of seats"), subtitle=str(edition.wording("title")),
        )  # fmt: skip
    decision = queries.in_force(edition)
    return page(
        request, "offers/offers", edition,
        form=form, rows=page_of(request, found),
        status=queries.status(edition, decision),
        decision=decision,
        unprepared=actions.unprepared(decision).count() if decision else 0,
        terms=actions.terms(edition),
    )  # fmt: skip


def _table(found: list[Offer]) -> exports.Table:
    def rows() -> Iterator[tuple[exports.Value, ...]]:
        for offer in found:
            nomination = offer.nomination
            yield (
                nomination.number,
                nomination.person.name,
                str(nomination.country.wording("name")),
                nomination.get_sector_display(),
                offer.get_state_display(),
                offer.wave,
                offer.sent_at,
                offer.answer_by,
                offer.answered_at,
            )

    return exports.Table(
        columns=(
            exports.Column("nomination", _("Nomination")),
            exports.Column("name", _("Name")),
            exports.Column("country", _("Country")),
            exports.Column("sector", _("Sector")),
            exports.Column("state", _("State")),
            exports.Column("wave", _("Wave")),
            exports.Column("sent", _("Sent")),
            exports.Column("answer_by", _("Answer by")),
            exports.Column("answered", _("Answered")),
        ),
        rows=rows(),
    )


@form_page
@common.of_edition(changes=True)
def terms(request: Request, edition: Edition) -> HttpResponseBase:
    known = actions.terms(edition)
    form = TermsForm(request.POST or None, instance=known)
    return common.edit(
        request,
        form,
        lambda: actions.set_terms(
            edition,
            form.values(),
            expected_version=form.expected_version if "version" in form.fields else None,
            actor=request.who,
        ),
        said=_("The terms are saved."),
        back=_board(edition),
        title=_("Terms of the offers"),
        submit=_("Save the terms"),
        edition=edition,
    )


@require_POST
@common.of_edition(changes=True)
def prepare(request: Request, edition: Edition) -> HttpResponseBase:
    """Prepare an offer for everybody whom the decision chose."""
    decision = queries.in_force(edition)
    if decision is None:
        raise Http404
    made: list[int] = []
    if common.tried(request, lambda: made.append(actions.prepare(decision, actor=request.who))):
        said = ngettext("%(number)s offer is prepared.", "%(number)s offers are prepared.", made[0])
        return common.done(request, said % {"number": locales.number(made[0])}, _board(edition))
    return HttpResponseRedirect(_board(edition))


@form_page
@common.of_edition(changes=True)
def send(request: Request, edition: Edition) -> HttpResponseBase:
    """Ask, then send every prepared offer as one wave."""
    chosen = queries.prepared(edition)
    unreachable = [offer for offer in chosen if not offer.nomination.person.email]
    if request.method == "POST":
        jobs: list[Any] = []
        if common.tried(
            request, lambda: jobs.append(sending.start(edition, chosen, actor=request.who))
        ):
            return HttpResponseRedirect(jobs[0].get_absolute_url())
        return HttpResponseRedirect(_board(edition))
    title = ngettext("Send %(number)s offer?", "Send %(number)s offers?", len(chosen))
    due = actions.answers_due(edition)
    by = locales.listed([locales.calendar_date(due, "long"), locales.clock_time(due)])
    consequences = [
        _("Each nominee gets a mail with a link of their own."),
        _("They are asked to answer until %(moment)s.") % {"moment": by},
    ]
    if unreachable:
        said = ngettext(
            "%(number)s of them has no e-mail address: that offer stays prepared.",
            "%(number)s of them have no e-mail address: those offers stay prepared.",
            len(unreachable),
        )
        consequences.append(said % {"number": locales.number(len(unreachable))})
    return common.confirm(
        request,
        title=title % {"number": locales.number(len(chosen))},
        submit=_("Send them"),
        back=_board(edition),
        consequences=consequences,
    )


@require_safe
@common.of_edition()
def offer(request: Request, edition: Edition, offer_id: UUID) -> HttpResponseBase:
    """One offer: what was sent and answered, and what can be done about its seat."""
    found = _found(edition, offer_id)
    return page(
        request, "offers/offer", edition,
        offer=found,
        links=[
            (link, access_links.address(link), access_links.holds(link))
            for link in access_links.of(found, "offer")
        ],
        mails=outbox.about(found),
        is_lost=found.state in Offer.LOST,
        is_taken_up=found.is_taken_up,
        history=audit.trail(request.who, thing=found),
        terms=actions.terms(edition),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def accept(request: Request, edition: Edition, offer_id: UUID) -> HttpResponseBase:
    """Record a yes that came by letter or telephone."""
    found = _found(edition, offer_id)
    return common.remove(
        request,
        lambda: actions.accept(found, actor=request.who),
        said=_("They take part now."),
        back=_address(found),
        title=_("Has %(name)s accepted?") % {"name": found.nomination.person},
        submit=_("Record that they accepted"),
        consequences=[_("They are entered as a participant and can sign in.")],
    )


@form_page
@common.of_edition(changes=True)
def decline(request: Request, edition: Edition, offer_id: UUID) -> HttpResponseBase:
    """Record a no that came by letter or telephone."""
    found = _found(edition, offer_id)
    form = AnswerForm(request.POST or None)
    return common.edit(
        request,
        form,
        lambda: actions.decline(found, remark=form.cleaned_data["remark"], actor=request.who),
        said=_("It is recorded that they do not come."),
        back=_address(found),
        title=_("%(name)s does not come") % {"name": found.nomination.person},
        submit=_("Record that they declined"),
        edition=edition,
        lead=_("The ministry is told that it can name somebody else or release the seat."),
    )


@form_page
@common.of_edition(changes=True)
def withdraw(request: Request, edition: Edition, offer_id: UUID) -> HttpResponseBase:
    """Take an offer back, or record that the ministry did."""
    found = _found(edition, offer_id)
    form = AnswerForm(request.POST or None)
    return common.edit(
        request,
        form,
        lambda: actions.withdraw(found, remark=form.cleaned_data["remark"], actor=request.who),
        said=_("The offer is withdrawn."),
        back=_address(found),
        title=_("Withdraw the offer to %(name)s") % {"name": found.nomination.person},
        submit=_("Withdraw it"),
        edition=edition,
        lead=_("Who had accepted no longer takes part."),
    )


@form_page
@common.of_edition(changes=True)
def extend(request: Request, edition: Edition, offer_id: UUID) -> HttpResponseBase:
    """Give more time."""
    found = _found(edition, offer_id)
    form = ExtendForm(request.POST or None, initial={"answer_by": actions.answers_due(edition)})
    return common.edit(
        request,
        form,
        lambda: actions.extend(found, form.cleaned_data["answer_by"], actor=request.who),
        said=_("There is more time now."),
        back=_address(found),
        title=_("Give %(name)s more time") % {"name": found.nomination.person},
        submit=_("Give more time"),
        edition=edition,
    )


@require_POST
@common.of_edition(changes=True)
def send_one(request: Request, edition: Edition, offer_id: UUID) -> HttpResponseBase:
    """Send one prepared offer by itself."""
    found = _found(edition, offer_id)
    if common.tried(request, lambda: actions.send(found, actor=request.who)):
        messages.success(request, _("The offer is sent."))
    return HttpResponseRedirect(_address(found))


@form_page
@common.of_edition(changes=True)
def send_on_paper(request: Request, edition: Edition, offer_id: UUID) -> HttpResponseBase:
    """Record that an offer went out on paper."""
    found = _found(edition, offer_id)
    return common.remove(
        request,
        lambda: actions.send_on_paper(found, actor=request.who),
        said=_("It is recorded that the offer went out on paper."),
        back=_address(found),
        title=_("Did this offer go out on paper?"),
        submit=_("Record that it did"),
        consequences=[_("No mail is sent. Record the answer here when it comes.")],
    )


@form_page
@common.of_edition(changes=True)
def release(request: Request, edition: Edition, offer_id: UUID) -> HttpResponseBase:
    """Record that a ministry gave a seat back."""
    found = _found(edition, offer_id)
    return common.remove(
        request,
        lambda: seat_actions.release(found, actor=request.who),
        said=_("The seat is released: it can go elsewhere."),
        back=_address(found),
        title=_("Has the ministry released this seat?"),
        submit=_("Record that it is released"),
        consequences=[_("The ministry can no longer name somebody else for it.")],
    )


@form_page
@common.of_edition(changes=True)
def substitute(request: Request, edition: Edition, offer_id: UUID) -> HttpResponseBase:
    """Record whom a ministry named instead."""
    found = _found(edition, offer_id)
    others = seats.instead(found)
    form = NomineeForm(others, request.POST or None)
    return common.edit(
        request,
        form,
        lambda: seat_actions.substitute(
            found,
            edition.nominations.get(pk=form.cleaned_data["nomination"]),
            actor=request.who,
        ),
        said=_("The seat is offered to whom the ministry named."),
        back=_address(found),
        title=_("Whom does the ministry send instead?"),
        submit=_("Offer them the seat"),
        edition=edition,
        lead=_("Eligible nominees of the same country without an offer.")
        if others
        else _("No other nominee of this country is eligible and without an offer."),
    )


@form_page
@common.of_edition()
def gaps(request: Request, edition: Edition) -> HttpResponseBase:
    """The free seats, and who would fill them best; each is offered with one button."""
    decision = queries.in_force(edition)
    if decision is None:
        raise Http404
    if request.method == "POST" and common.may_change(request, edition):
        return _fill(request, edition)
    found = seats.Gaps((), (), ())
    try:
        found = seats.gaps(edition, decision)
    except (limits.LimitExceededError, limits.ProcessFailedError) as failed:
        messages.error(request, str(failed))
    spoken_of = [one.nomination for one in (*found.proposals, *found.seats)]
    texts.prefetch_referred(spoken_of, "country")
    return page(
        request, "offers/gaps", edition, gaps=found, status=queries.status(edition, decision)
    )


def _fill(request: Request, edition: Edition) -> HttpResponseBase:
    """Give the first free seat to the nominee of the button that was pressed."""
    here = reverse("cohorts:gaps", args=[edition.slug])
    free = seats.free(edition).order_by("released_at").first()
    nominations = edition.nominations.all()
    key = request.POST.get("nomination", "")
    nomination = nominations.filter(pk=key).first() if as_uuid(key) else None
    if free is None or nomination is None:
        messages.error(request, _("This has changed in the meantime: look at it again."))
    elif common.tried(request, lambda: seat_actions.fill(free, nomination, actor=request.who)):
        messages.success(request, _("The offer is prepared: send it with the next wave."))
    return HttpResponseRedirect(here)
