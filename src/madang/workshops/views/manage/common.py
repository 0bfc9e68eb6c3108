"""What the secretariat's views share: the edition in the address, forms that end in an action."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Manager, Model, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from madang.core.media_types import UnwantedFileError
from madang.core.models import StaleRecordError
from madang.core.requests import Request
from madang.core.transitions import TransitionRefusedError
from madang.people.actions.refusal import RefusedError
from madang.workshops import rules
from madang.workshops.actions.sign_ups import SignUpRefusedError
from madang.workshops.models import Edition

View = Callable[..., HttpResponseBase]
M = TypeVar("M", bound=Model)


def of_edition(*, changes: bool = False) -> Callable[[View], View]:
    """Give a view the edition of its address, with the edition's time zone active.

    Whoever may not see it, or not change it where the view `changes` something, gets a 404.
    """
    rule = rules.plan_edition if changes else rules.oversee_edition

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: Request, slug: str, **arguments: Any) -> HttpResponseBase:
            editions = Edition.objects.select_related("series")
            edition = rule.get_or_404(request.who, editions, slug=slug)
            with timezone.override(edition.zone):
                return view(request, edition, **arguments)

        return wrapped

    return decorate


def found(things: QuerySet[M] | Manager[M], key: UUID) -> M:
    """The thing below an edition that the address names, or a 404.

    Who may is asked for the edition (`of_edition`); `things` are those of that edition.
    """
    thing = things.filter(pk=key).first()
    if thing is None:
        raise Http404
    return thing


def page(request: Request, name: str, edition: Edition, **context: Any) -> HttpResponse:
    """A page of an edition: `may_change` tells the template whether to offer what changes it."""
    context |= {"edition": edition, "may_change": may_change(request, edition)}
    return render(request, f"workshops/manage/{name}.html", context)


def may_change(request: Request, edition: Edition) -> bool:
    """Whether whoever asks may change the edition and everything in it."""
    return rules.plan_edition.can(request.who, edition)


def edit(
    request: Request,
    form: forms.Form,
    act: Callable[[], Any],
    *,
    said: str,
    back: str,
    title: str | Promise,
    submit: str | Promise,
    edition: Edition | None = None,
    lead: str | Promise = "",
) -> HttpResponse:
    """A page that is one form: performs the action once the form is good, says so and goes back."""
    if form.is_valid() and performed(form, act):
        return done(request, said, back)
    context = {
        "form": form, "title": title, "submit": submit, "cancel": back, "edition": edition,
        "lead": lead,
    }  # fmt: skip
    return render(request, "workshops/manage/form.html", context)


def remove(
    request: Request,
    act: Callable[[], Any],
    *,
    said: str,
    back: str,
    title: str | Promise,
    submit: str | Promise,
    stay: str = "",
    consequences: Sequence[str | Promise] = (),
) -> HttpResponse:
    """A page that asks before something goes, and lets it go when it is sent.

    `stay` is where one goes on while it is there, where that is not `back`.
    """
    stay = stay or back
    if request.method == "POST":
        return done(request, said, back) if tried(request, act) else HttpResponseRedirect(stay)
    return confirm(request, title=title, submit=submit, back=stay, consequences=consequences)


def confirm(
    request: Request,
    *,
    title: str | Promise,
    submit: str | Promise,
    back: str,
    consequences: Sequence[str | Promise] = (),
) -> HttpResponse:
    """A page that asks a question before something goes."""
    context = {
        "title": title, "submit": submit, "cancel_url": back, "consequences": consequences,
    }  # fmt: skip
    return render(request, "components/confirm.html", context)


def performed(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Perform an action with a valid form; what stands against it is said in the form.

    An action writes everything or nothing, so after False nothing has changed.
    """
    try:
        act()
    except StaleRecordError:
        form.show_conflict()
    except RefusedError as refused:
        named = refused.field if refused.field in form.fields else None
        form.add_error(named, str(refused.why))
    except UnwantedFileError as unwanted:
        form.add_error("upload", str(unwanted))
    except TransitionRefusedError as refused:
        form.add_error(None, str(refused))
    except IntegrityError:
        form.add_error(None, _("Somebody else saved the same at this moment: look at it again."))
    else:
        return True
    return False


def tried(request: Request, act: Callable[[], Any]) -> bool:
    """Perform an action of a single button; what stands against it is said on the next page."""
    try:
        act()
    except (RefusedError, SignUpRefusedError, TransitionRefusedError) as refused:
        messages.error(request, str(refused))
        return False
    return True


def done(request: Request, said: str, url: str) -> HttpResponseRedirect:
    """Go on, and say there what has been done."""
    messages.success(request, said)
    return HttpResponseRedirect(url)
