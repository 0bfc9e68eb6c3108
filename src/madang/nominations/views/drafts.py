"""A form that is saved while it is typed: what the script is told."""

from collections.abc import Callable

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from madang.core import clock, locales
from madang.core.models import StaleRecordError
from madang.core.requests import Request
from madang.nominations.forms.nomination import NominationForm
from madang.nominations.models import Nomination
from madang.people.actions.refusal import RefusedError


def is_draft(request: Request) -> bool:
    """Whether the script sent the form as it stands, and not a person with a button."""
    return request.method == "POST" and request.headers.get("X-Draft") == "1"


def saved(
    form: NominationForm, save: Callable[[], Nomination], url: Callable[[Nomination], str]
) -> HttpResponse:
    """Save those fields that are right already; answers where the draft is, and its version."""
    form.is_valid()
    if "name" not in form.cleaned_data and form.instance._state.adding:
        return refused(_("Not saved yet: enter a name first."))
    try:
        nomination = save()
    except StaleRecordError:
        return refused(
            _("Somebody else changed this in the meantime. Save with the button to see what.")
        )
    except RefusedError as error:
        return refused(str(error.why))
    now = locales.clock_time(clock.now())
    said = _("Saved at %(time)s.") % {"time": now}
    if form.errors:
        said = _("Saved at %(time)s, without what is not right yet.") % {"time": now}
    return _answer({"said": said, "version": nomination.version, "url": url(nomination)}, 200)


def refused(why: str) -> HttpResponse:
    """Nothing is saved, and why."""
    return _answer({"said": why}, 409)


def _answer(content: dict[str, object], status: int) -> HttpResponse:
    response = JsonResponse(content, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
