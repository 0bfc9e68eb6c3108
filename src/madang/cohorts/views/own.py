"""What those who come see of their own: their letters, and their passport data."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.cohorts.actions import passports as actions
from madang.cohorts.forms.passports import PassportForm
from madang.cohorts.models import Letter
from madang.cohorts.queries import passports as queries
from madang.core import clock
from madang.core.requests import Request, form_page
from madang.people.models import Person
from madang.workshops.models import Edition
from madang.workshops.pages import serving
from madang.workshops.queries import public
from madang.workshops.queries.public import EditionRow
from madang.workshops.views.manage import common

View = Callable[..., HttpResponseBase]


def _of_own(view: View) -> View:
    """Give a view the edition of its address and whoever asks, if they come there; else a 404."""

    @wraps(view)
    def wrapped(request: Request, slug: str) -> HttpResponseBase:
        row = public.edition_row(request.who, slug)
        person = Person.objects.filter(pk=request.who.person_id).first()
        edition = public.editions([row.id])[row.id]
        if person is None or not queries.may_need(edition, person):
            raise Http404
        with timezone.override(row.zone):
            return view(request, row, edition, person)

    return wrapped


@require_safe
@_of_own
def letters(
    request: Request, row: EditionRow, edition: Edition, person: Person
) -> HttpResponseBase:
    """One's own letters, and whether passport data are here."""
    issued = Letter.objects.filter(
        person=person, batch__edition=edition, document__isnull=False, file__isnull=False
    ).exclude(document__state="revoked")
    context = {
        "edition": edition,
        "passport": actions.of(person),
        "is_over": actions.deleted_on(edition) <= clock.today(edition.zone),
        "letters": issued.select_related("batch", "document", "file").order_by("-created_at"),
    }
    return serving.serve_fresh(request, row, "cohorts/own/letters.html", context)


@form_page
@_of_own
def passport(
    request: Request, row: EditionRow, edition: Edition, person: Person
) -> HttpResponseBase:
    """One's own passport data, until the day after the workshop."""
    until = actions.deleted_on(edition)
    if until <= clock.today(edition.zone):
        raise Http404
    known = actions.of(person)
    form = PassportForm(request.POST or None, instance=known)
    back = reverse("cohort:my_letters", args=[edition.slug])

    def act() -> None:
        actions.save(
            person,
            edition,
            form.cleaned_data,
            expected_version=form.expected_version if known is not None else None,
            actor=request.who,
        )

    if form.is_valid() and common.performed(form, act):
        return common.done(request, _("Thank you: your passport data are kept."), back)
    context = {
        "edition": edition,
        "form": form,
        "known": known,
        "cancel": back,
        "delete_on": max(until, known.delete_on) if known is not None else until,
    }
    response = serving.serve_fresh(request, row, "cohorts/own/passport.html", context)
    # Nor does a device keep it for reading without a connection.
    response["Cache-Control"] = "private, no-store"
    return response


@form_page
@_of_own
def passport_remove(
    request: Request, _row: EditionRow, edition: Edition, person: Person
) -> HttpResponseBase:
    """Take one's own passport data back."""
    known = actions.of(person)
    back = reverse("cohort:my_letters", args=[edition.slug])
    if known is None:
        return HttpResponseRedirect(back)
    return common.remove(
        request,
        lambda: actions.remove(known, actor=request.who),
        said=_("Your passport data are removed."),
        back=back,
        title=_("Remove your passport data?"),
        submit=_("Remove them"),
        consequences=[
            _("Letters to embassies in which they stand are deleted, too."),
            _("Without them we can't write to an embassy for you."),
        ],
    )
