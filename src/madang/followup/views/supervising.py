"""What a supervisor sees, by a link and a code: the parts that were released, and nothing else."""

from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.core import texts
from madang.core.requests import Request, form_page
from madang.followup.actions import releases as actions
from madang.followup.forms.progress import VerdictForm
from madang.followup.models import Release
from madang.followup.queries import releasable
from madang.followup.views.places import gone
from madang.people import access_links
from madang.people.models import AccessLink
from madang.people.views.codes import code_page
from madang.workshops.views.manage import common


def _found(token: str) -> tuple[AccessLink, Release]:
    held = Release.objects.exclude(state=Release.State.WITHDRAWN).select_related(
        "subject", "plan__participation__person__subject", "plan__participation__edition"
    )
    return access_links.find(actions.PURPOSE, token, held)


@form_page
def code(request: Request, token: str) -> HttpResponseBase:
    """Ask for the code that goes to the supervisor's address."""
    try:
        link, release = _found(token)
    except Http404:
        return gone(request)
    return code_page(
        request,
        link,
        after=reverse("following:supervise", args=[token]),
        template="followup/supervise_code.html",
        edition=release.plan.participation.edition,
    )


@form_page
def supervise(request: Request, token: str) -> HttpResponseBase:
    """What was released, and the question whether it was seen. Nothing happens on GET."""
    try:
        link, release = _found(token)
    except Http404:
        return gone(request)
    if not access_links.is_admitted(request, link):
        return HttpResponseRedirect(reverse("following:supervise_code", args=[token]))
    edition = release.plan.participation.edition
    form = VerdictForm(
        request.POST or None, initial={"verdict": release.verdict, "comment": release.comment}
    )

    def act() -> None:
        actions.confirm(
            release, form.cleaned_data["verdict"], form.cleaned_data["comment"], actor=link
        )

    with timezone.override(edition.zone):
        if form.is_valid() and common.performed(form, act):
            return common.done(request, _("Thank you: your answer is kept."), request.path)
        texts.prefetch([edition])
        context = {
            "form": form,
            "release": release,
            "edition": edition,
            "person": release.plan.participation.person,
            "shown": releasable.shown(release),
        }
        response = render(request, "followup/supervise.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
