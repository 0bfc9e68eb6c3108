"""Forms that are saved while they are typed: what the script is told."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from madang.core import clock, locales
from madang.core.media_types import UnwantedFileError
from madang.core.models import Record, StaleRecordError
from madang.core.requests import Request
from madang.core.transitions import TransitionRefusedError
from madang.people.actions.refusal import RefusedError


def is_draft(request: Request) -> bool:
    """Whether the script sent the form as it stands, and not a person with a button."""
    return request.method == "POST" and request.headers.get("X-Draft") == "1"


def saved(form: Any, save: Callable[[], Record]) -> HttpResponse:
    """Save those fields that are right already; answers when, and with which version."""
    is_right = form.is_valid()
    try:
        kept = save()
    except StaleRecordError:
        return _answer({"said": _("Another device changed this. Open the page anew.")}, 409)
    except (RefusedError, TransitionRefusedError, UnwantedFileError) as error:
        return _answer({"said": str(error)}, 409)
    said = _("Saved at %(time)s.") if is_right else _("Saved at %(time)s, but for what is wrong.")
    time = locales.clock_time(clock.now())
    return _answer({"said": said % {"time": time}, "version": kept.version}, 200)


def _answer(content: dict[str, object], status: int) -> HttpResponse:
    response = JsonResponse(content, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
