"""The page on which a superior endorses a nomination, by a link of their own."""

from functools import wraps

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.core import files
from madang.core.requests import Request, form_page
from madang.nominations.actions import endorsements as actions
from madang.nominations.forms.endorsement import AnswerForm
from madang.nominations.models import Endorsement, Nomination
from madang.nominations.queries.nominations import answers_in_words, whole
from madang.nominations.views.nominating.places import View, gone
from madang.people import access_links
from madang.people.models import AccessLink
from madang.people.views.codes import code_page
from madang.workshops.views.manage import common


def _of_link(view: View) -> View:
    @wraps(view)
    def wrapped(request: Request, token: str) -> HttpResponseBase:
        try:
            link, endorsement = access_links.find(actions.PURPOSE, token, Endorsement.objects.all())
        except Http404:
            return gone(request)
        endorsement.nomination = whole().get(pk=endorsement.nomination_id)
        with timezone.override(endorsement.nomination.edition.zone):
            return view(request, token, link, endorsement)

    return wrapped


@form_page
@_of_link
def code(
    request: Request, token: str, link: AccessLink, endorsement: Endorsement
) -> HttpResponseBase:
    """Ask for the code that goes to the superior's address."""
    return code_page(
        request,
        link,
        after=reverse("nominating:endorse", args=[token]),
        template="nominations/nominating/endorse_code.html",
        nomination=endorsement.nomination,
        edition=endorsement.nomination.edition,
    )


@form_page
@_of_link
def endorse(
    request: Request, token: str, link: AccessLink, endorsement: Endorsement
) -> HttpResponseBase:
    """Show the nomination, and take what its superior says of it. Nothing happens on GET."""
    if not access_links.is_admitted(request, link):
        return HttpResponseRedirect(reverse("nominating:endorse_code", args=[token]))
    nomination = endorsement.nomination
    is_open = nomination.state == Nomination.State.DRAFT
    form = AnswerForm(
        request.POST or None, request.FILES or None, initial={"name": str(link.person)}
    )

    def act() -> None:
        actions.answer(
            endorsement,
            endorses=form.cleaned_data["verdict"] == "yes",
            name=form.cleaned_data["name"],
            remark=form.cleaned_data["remark"],
            upload=form.cleaned_data["upload"],
            actor=link,
        )
        access_links.note_use(link)

    if form.is_valid() and common.performed(form, act):
        return common.done(request, _("Thank you: your answer is kept."), request.path)
    return _page(request, endorsement, nomination, form if is_open else None)


def _page(
    request: Request, endorsement: Endorsement, nomination: Nomination, form: AnswerForm | None
) -> HttpResponse:
    context = {
        "nomination": nomination,
        "edition": nomination.edition,
        "endorsement": endorsement,
        "files": files.of(endorsement),
        "answers": answers_in_words(nomination),
        "form": form,
    }
    response = render(request, "nominations/nominating/endorse.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
