"""One's own account and profile."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core.models import StaleRecordError
from madang.core.requests import Request, form_page
from madang.people.actions import accounts
from madang.people.actions.people import change_person
from madang.people.actions.refusal import RefusedError
from madang.people.forms.accounts import ProfileForm
from madang.people.forms.refusals import show_refusal
from madang.people.middleware import has_strong_sign_in, needs_strong_sign_in


@require_safe
@login_required
def account(request: Request) -> HttpResponse:
    """Where everything about one's own account is found."""
    context = {
        "person": request.who.person,
        "strong": has_strong_sign_in(request.who),
        "needs_strong": needs_strong_sign_in(request.who),
    }
    return render(request, "people/own_account.html", context)


@form_page
@login_required
def profile(request: Request) -> HttpResponse:
    """One's own names, position and the like."""
    person = request.who.person
    form = ProfileForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            change_person(person, actor=request.who, expected_version=version, **form.values())
        except RefusedError as refusal:
            show_refusal(form, refusal)
        except StaleRecordError:
            form.add_error(
                None,
                _(
                    "Your profile was changed elsewhere while you were writing. Open this page "
                    "again to see what stands there now."
                ),
            )
        else:
            messages.success(request, _("Your profile is saved."))
            return redirect("people:profile")
    return render(request, "people/profile.html", {"form": form, "person": person})


@require_POST
@login_required
def sign_out_everywhere(request: Request) -> HttpResponse:
    """Sign out of every other device."""
    keep = request.session.session_key
    ended = accounts.sign_out_everywhere(request.who, actor=request.who, keep=keep)
    if ended:
        messages.success(request, _("Every other device is signed out."))
    else:
        messages.info(request, _("You were signed in on this device only."))
    return redirect("people:account")
