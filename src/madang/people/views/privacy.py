"""What is known of oneself: seen, taken away, agreed to, erased."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core import audit, clock
from madang.core.requests import Request, form_page
from madang.people import erasure, own_data
from madang.people.actions.consents import give_consent, withdraw_consent
from madang.people.actions.refusal import RefusedError
from madang.people.forms.accounts import ConsentsForm, EraseForm
from madang.people.forms.refusals import show_refusal
from madang.people.models import Consent, Person


def _given(person: Person) -> set[str]:
    consents = Consent.objects.filter(person=person, withdrawn_at__isnull=True)
    return set(consents.values_list("purpose", flat=True))


@require_safe
@login_required
def index(request: Request) -> HttpResponse:
    """Every personal field with its value, why it is kept and until when."""
    person = request.who.person
    context = {
        "person": person,
        "own": own_data.records(person, models=[Person])[0],
        "others": own_data.summaries(person),
        "sections": own_data.sections(person),
        "consents": ConsentsForm(_given(person)),
    }
    return _private(render(request, "people/privacy.html", context))


@require_POST
@login_required
def consents(request: Request) -> HttpResponse:
    """Agree to uses of my data, or take that back."""
    person = request.who.person
    given = _given(person)
    form = ConsentsForm(given, request.POST)
    if form.is_valid():
        for purpose, agreed in form.cleaned_data.items():
            if agreed and purpose not in given:
                give_consent(person, actor=request.who, purpose=purpose)
            elif not agreed and purpose in given:
                withdraw_consent(person, actor=request.who, purpose=purpose)
        messages.success(request, _("What you agree to is saved."))
    return redirect("people:privacy")


@require_POST
@login_required
def copy(request: Request) -> HttpResponse:
    """A copy of everything that is known of me, to read or for another program."""
    person = request.who.person
    name = f"madang-{clock.now():%Y-%m-%d}"
    if request.POST.get("format") == "json":
        data = own_data.copy_of(person, actor=request.who)
        response: HttpResponse = JsonResponse(
            data, json_dumps_params={"indent": 1, "ensure_ascii": False}
        )
        response["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return _private(response)
    audit.record(request.who, "person.exported", person)
    context: dict[str, Any] = {
        "person": person,
        "records": own_data.records(person),
        "sections": own_data.sections(person),
        "made_at": clock.now(),
    }
    response = render(request, "people/own_copy.html", context)
    response["Content-Disposition"] = f'attachment; filename="{name}.html"'
    return _private(response)


@form_page
@login_required
def erase(request: Request) -> HttpResponse:
    """Ask before everything about me is erased for ever."""
    account = request.who
    form = EraseForm(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            erasure.erase(account.person, actor=account)
        except RefusedError as refusal:
            show_refusal(form, refusal)
        else:
            logout(request)
            messages.success(request, _("Your personal data are erased."))
            return redirect("home")
    return _private(render(request, "people/erase.html", {"form": form}))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
