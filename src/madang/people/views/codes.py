"""The page that asks whoever holds a link for a code, before it shows what was given earlier."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from madang.core.outbox import UnsendableError
from madang.core.requests import Request
from madang.people import access_links
from madang.people.actions.refusal import RefusedError
from madang.people.forms.codes import CodeForm
from madang.people.models import AccessLink


def code_page(
    request: Request,
    link: AccessLink,
    *,
    after: str,
    template: str = "people/code.html",
    **context: Any,
) -> HttpResponse:
    """Mail a code when asked to, take it, and go on to `after` (or to a local `next`).

    A template of one's own extends `people/code.html` and may take further `context`. Nothing
    happens on GET.
    """
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        after = wanted
    form = CodeForm()
    sent = False
    if request.method == "POST" and request.POST.get("act") == "send":
        form, sent = _send(link)
    elif request.method == "POST":
        form = CodeForm(request.POST)
        if form.is_valid() and _entered(request, link, form):
            return HttpResponseRedirect(after)
        sent = True
    response = render(request, template, context | {"form": form, "sent": sent})
    response["Cache-Control"] = "private, no-store"
    return response


def _send(link: AccessLink) -> tuple[CodeForm, bool]:
    # A form that is bound to nothing can still say why no code was sent.
    form = CodeForm({})
    form.full_clean()
    form.errors.clear()
    try:
        access_links.send_code(link)
    except RefusedError as refused:
        form.add_error(None, str(refused))
        return form, True
    except UnsendableError:
        form.add_error(
            None, _("There is no address to which a code could be sent: write to the secretariat.")
        )
        return form, False
    return CodeForm(), True


def _entered(request: Request, link: AccessLink, form: CodeForm) -> bool:
    try:
        access_links.enter_code(request, link, form.cleaned_data["code"])
    except RefusedError as refused:
        form.add_error("code", str(refused.why))
        return False
    return True
