"""One nomination of a country: written, looked at, endorsed, sent, taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core import files
from madang.core.requests import Request, form_page
from madang.nominations import completeness, eligibility
from madang.nominations.actions import nominating as actions
from madang.nominations.forms.endorsement import AskForm
from madang.nominations.forms.nomination import NominationForm, for_nomination
from madang.nominations.models import Nomination
from madang.nominations.queries.nominations import answers_in_words
from madang.nominations.views import drafts
from madang.nominations.views.nominating.places import (
    Place,
    closed,
    of_country,
    of_nomination,
)
from madang.workshops.views.manage import common

_STEPS = ("form", "submit", "withdraw", "reopen", "remove", "ask")


@form_page
@of_country
def add(request: Request, place: Place) -> HttpResponseBase:
    """Enter somebody new; no code is needed for that."""
    delegation = place.delegation
    if delegation.closed_because is not None:
        return (
            drafts.refused(str(delegation.closed_because))
            if drafts.is_draft(request)
            else closed(place)
        )
    form = NominationForm(request.POST or None, call=delegation.call)

    def save() -> Nomination:
        made = actions.enter(delegation, form.person_values(), form.values(), form.answers())
        place.remember(made)
        place.note_use()
        return made

    if drafts.is_draft(request):
        return drafts.saved(form, save, lambda made: place.url("form", made.pk))
    made: list[Nomination] = []
    if form.is_valid() and common.performed(form, lambda: made.append(save())):
        return _saved(request, place, made[0])
    return place.page("form", form=form, nomination=None, cancel=place.url("desk"))


@form_page
@of_country
def edit(request: Request, place: Place, nomination_id: UUID) -> HttpResponseBase:
    """Write one of the country's nominations; two devices that write at once are told so."""
    nomination = place.nomination(nomination_id)
    is_draft = drafts.is_draft(request)
    if not place.admits(nomination):
        if is_draft:
            return drafts.refused(_("Enter the code first: open the list of nominations."))
        return place.ask_code()
    delegation = place.delegation
    if delegation.closed_because is not None:
        return drafts.refused(str(delegation.closed_because)) if is_draft else closed(place)
    form = for_nomination(nomination, request.POST or None)

    def save() -> Nomination:
        actions.change(
            delegation,
            nomination,
            form.person_values(),
            form.values(),
            form.answers(),
            expected_version=form.expected_version,
        )
        place.note_use()
        return nomination

    if is_draft:
        return drafts.saved(form, save, lambda _it: request.path)
    if form.is_valid() and common.performed(form, save):
        return _saved(request, place, nomination)
    return place.page(
        "form", form=form, nomination=nomination, cancel=place.url("nomination", nomination.pk)
    )


def _saved(request: Request, place: Place, nomination: Nomination) -> HttpResponseBase:
    """Say that it is saved; send it at once where the button said so."""
    if request.POST.get("act") == "send":
        return _sent(request, place, nomination)
    messages.success(request, _("It is saved."))
    return HttpResponseRedirect(place.url("nomination", nomination.pk))


def _sent(request: Request, place: Place, nomination: Nomination) -> HttpResponseBase:
    if not common.tried(request, lambda: actions.submit(place.delegation, nomination)):
        return HttpResponseRedirect(place.url("nomination", nomination.pk))
    place.forget(nomination)
    place.note_use()
    messages.success(
        request,
        _("Nomination %(number)s is sent. You get a mail that we have received it.")
        % {"number": nomination.number},
    )
    return HttpResponseRedirect(place.url("desk"))


@require_safe
@of_nomination()
def nomination(request: Request, place: Place, nomination: Nomination) -> HttpResponseBase:  # noqa: ARG001
    """What was entered, what is missing, and what can be done now."""
    endorsement = completeness.endorsement_of(nomination)
    return place.page(
        "nomination",
        nomination=nomination,
        endorsement=endorsement,
        files=files.of(endorsement) if endorsement is not None else [],
        answers=answers_in_words(nomination),
        grounds=eligibility.sentences(nomination.grounds),
        urls={name: place.url(name, nomination.pk) for name in _STEPS},
        missing=completeness.missing_values(nomination),
        waits=completeness.waits_for_endorsement(nomination),
        is_open=place.delegation.closed_because is None,
    )


@require_POST
@of_nomination(changes=True)
def submit(request: Request, place: Place, nomination: Nomination) -> HttpResponseBase:
    """Send it to the secretariat."""
    return _sent(request, place, nomination)


@form_page
@of_nomination(changes=True)
def withdraw(request: Request, place: Place, nomination: Nomination) -> HttpResponseBase:
    """Ask, then take it back."""
    back = place.url("nomination", nomination.pk)
    return common.remove(
        request,
        lambda: actions.withdraw(place.delegation, nomination),
        said=_("The nomination is withdrawn."),
        back=back,
        title=_("Withdraw nomination %(number)s?") % {"number": nomination.number},
        submit=_("Withdraw it"),
        consequences=[
            _("It does not take part in the selection."),
            _("Until the deadline you can open it again and send it anew."),
        ],
    )


@require_POST
@of_nomination(changes=True)
def reopen(request: Request, place: Place, nomination: Nomination) -> HttpResponseBase:
    """Make a draft again of one that was withdrawn."""
    if common.tried(request, lambda: actions.reopen(place.delegation, nomination)):
        messages.success(request, _("It is a draft again: send it once it is right."))
    return HttpResponseRedirect(place.url("nomination", nomination.pk))


@form_page
@of_nomination(changes=True)
def remove(request: Request, place: Place, nomination: Nomination) -> HttpResponseBase:
    """Ask, then delete a draft that was never sent."""
    number = nomination.number
    return common.remove(
        request,
        lambda: actions.remove_draft(place.delegation, nomination),
        said=_("The draft is deleted."),
        back=place.url("desk"),
        title=_("Delete the draft of nomination %(number)s?") % {"number": number},
        submit=_("Delete the draft"),
        consequences=[_("Everything that was entered is gone, and can't be brought back.")],
    )


@form_page
@of_nomination(changes=True)
def ask(request: Request, place: Place, nomination: Nomination) -> HttpResponseBase:
    """Name the superior who is to endorse it: they get a link of their own."""
    form = AskForm(request.POST or None)
    back = place.url("nomination", nomination.pk)

    def act() -> None:
        actions.ask_endorsement(
            place.delegation, nomination, form.cleaned_data["name"], form.cleaned_data["email"]
        )
        place.note_use()

    if form.is_valid() and common.performed(form, act):
        return common.done(request, _("They are asked by mail, with a link of their own."), back)
    return place.page("ask", form=form, nomination=nomination, cancel=back)
