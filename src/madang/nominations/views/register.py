"""The register of correspondence, and keying in what came on paper beside its image."""

from typing import Any
from uuid import UUID

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core import audit, exports, files, locales
from madang.core.models import as_uuid
from madang.core.requests import Request, form_page, page_of
from madang.core.transitions import TransitionRefusedError
from madang.documents import tables
from madang.nominations import deadlines
from madang.nominations.actions import nominations
from madang.nominations.actions import register as actions
from madang.nominations.forms.nomination import NominationForm
from madang.nominations.forms.register import EntryForm, RegisterFilters
from madang.nominations.models import Correspondence, Nomination
from madang.nominations.queries import calls
from madang.nominations.queries import register as queries
from madang.nominations.views.pages import page
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


def _back(edition: Edition) -> str:
    return reverse("nominations:register", args=[edition.slug])


def _back_to(edition: Edition, entry: Correspondence) -> str:
    return reverse("nominations:entry", args=[edition.slug, entry.pk])


def _found(edition: Edition, entry_id: UUID) -> Correspondence:
    entry: Correspondence = common.found(queries.of_edition(edition), entry_id)
    return entry


# --- The list ------------------------------------------------------------------------------------
@require_safe
@common.of_edition()
def register(request: Request, edition: Edition) -> HttpResponseBase:
    """What was sent and what came, the newest first, narrowed by what stands in the address."""
    form = RegisterFilters(request.GET, countries=queries.countries(edition))
    form.is_valid()
    found = queries.filtered(queries.of_edition(edition), form.cleaned_data)
    if tables.wanted(request):
        return tables.respond(
            request, _table(list(found)), f"{edition.slug}-correspondence",
            title=_("Register of correspondence"), subtitle=str(edition.wording("title")),
        )  # fmt: skip
    rows = page_of(request, found)
    queries.with_wordings(list(rows.object_list))
    return page(
        request, "register/list", edition,
        form=form, rows=rows, next=queries.next_to_key(edition),
    )  # fmt: skip


def _table(found: list[Correspondence]) -> exports.Table:
    queries.with_wordings(found)
    return exports.Table(
        columns=(
            exports.Column("at", _("Sent or received")),
            exports.Column("country", _("Country")),
            exports.Column("direction", _("Direction")),
            exports.Column("channel", _("Channel")),
            exports.Column("kind", _("About")),
            exports.Column("reference", _("Reference")),
            exports.Column("dated", _("Date on it")),
            exports.Column("summary", _("In a few words")),
            exports.Column("scans", _("Scans")),
            exports.Column("stated", _("Nominations in it")),
            exports.Column("keyed", _("Keyed in")),
        ),
        rows=(
            (
                entry.at,
                str(entry.country.wording("name")),
                entry.get_direction_display(),
                entry.get_channel_display(),
                entry.get_kind_display(),
                entry.reference,
                entry.dated,
                entry.summary,
                entry.scans,
                entry.nominees_stated,
                entry.keyed,
            )
            for entry in found
        ),
    )


# --- One entry -----------------------------------------------------------------------------------
@require_safe
@common.of_edition()
def entry(request: Request, edition: Edition, entry_id: UUID) -> HttpResponseBase:
    """One entry with its scans, what it answers, and what was keyed in from it."""
    one = _found(edition, entry_id)
    return page(
        request, "register/entry", edition,
        entry=one,
        files=files.of(one),
        answers=one.answers,
        replies=one.replies.all(),
        nominations=Nomination.objects.filter(source=one).select_related("person__subject"),
        invitation=_invitation(edition, one),
        trail=audit.trail(request.who, thing=one, limit=20),
    )  # fmt: skip


def _invitation(edition: Edition, entry: Correspondence) -> Any:
    call = calls.of_edition(edition)
    return call and deadlines.invitation_of(call, entry.country)


@form_page
@common.of_edition(changes=True)
def entry_add(request: Request, edition: Edition) -> HttpResponseBase:
    """Enter what came, or what was sent by hand."""
    form = EntryForm(
        request.POST or None,
        request.FILES or None,
        edition=edition,
        initial={"country": as_uuid(request.GET.get("country", ""))},
    )
    made: list[Correspondence] = []
    if form.is_valid() and common.performed(
        form,
        lambda: made.append(
            actions.enter(edition, form.values(), uploads=form.uploads(), actor=request.who)
        ),
    ):
        return common.done(request, _("It is in the register."), _back_to(edition, made[0]))
    return _form(request, edition, form, _("Enter correspondence"), _back(edition))


@form_page
@common.of_edition(changes=True)
def entry_edit(request: Request, edition: Edition, entry_id: UUID) -> HttpResponseBase:
    """Change an entry, or add scans to it."""
    one = _found(edition, entry_id)
    form = EntryForm(request.POST or None, request.FILES or None, instance=one, edition=edition)
    if form.is_valid() and common.performed(
        form,
        lambda: actions.change(
            _found(edition, entry_id),
            form.values(),
            uploads=form.uploads(),
            expected_version=form.expected_version,
            actor=request.who,
        ),
    ):
        return common.done(request, _("The entry is saved."), _back_to(edition, one))
    return _form(request, edition, form, _("Edit the entry"), _back_to(edition, one))


def _form(
    request: Request, edition: Edition, form: EntryForm, title: str, cancel: str
) -> HttpResponse:
    return page(request, "register/form", edition, form=form, title=title, cancel=cancel)


@form_page
@common.of_edition(changes=True)
def entry_remove(request: Request, edition: Edition, entry_id: UUID) -> HttpResponseBase:
    """Ask, then take an entry out."""
    one = _found(edition, entry_id)
    return common.remove(
        request,
        lambda: actions.remove(one, actor=request.who),
        said=_("The entry is removed."),
        back=_back(edition),
        stay=_back_to(edition, one),
        title=_("Remove this entry?"),
        submit=_("Remove the entry"),
        consequences=[
            _("Its scans are deleted, and can't be brought back."),
            _("Nominations that were keyed in from it stay."),
        ],
    )


@form_page
@common.of_edition(changes=True)
def scan_remove(
    request: Request, edition: Edition, entry_id: UUID, file_id: UUID
) -> HttpResponseBase:
    """Ask, then delete one scan."""
    one = _found(edition, entry_id)
    file = common.found(files.of(one), file_id)
    return common.remove(
        request,
        lambda: actions.remove_scan(one, file, actor=request.who),
        said=_("The scan is deleted."),
        back=_back_to(edition, one),
        title=_("Delete this scan?"),
        submit=_("Delete the scan"),
        consequences=[_("It can't be brought back.")],
    )


# --- Keying in -----------------------------------------------------------------------------------
@form_page
@csp_update({"frame-src": [SELF]})
@common.of_edition(changes=True)
def key_in(request: Request, edition: Edition, entry_id: UUID) -> HttpResponseBase:
    """The form of a nomination beside the image that it came on, one nomination after the other."""
    one = _found(edition, entry_id)
    if one.direction != Correspondence.Direction.RECEIVED:
        raise Http404
    call = calls.of_edition(edition)
    form = NominationForm(request.POST or None, call=call, for_secretariat=True)
    made: list[Nomination] = []

    def save() -> None:
        made.append(
            nominations.enter(
                edition,
                one.country,
                form.person_values(),
                form.values(),
                answers=form.answers(),
                origin=Nomination.Origin.SCAN,
                source=one,
                actor=request.who,
            )
        )

    if form.is_valid() and common.performed(form, save):
        return common.done(request, _received(made[0], request), _onward(edition, one))
    return page(
        request, "register/key_in", edition,
        entry=one, files=files.of(one), form=form,
        number=one.keyed + 1, stated=one.nominees_stated,
    )  # fmt: skip


def _received(nomination: Nomination, request: Request) -> str:
    """It counts as received where it is complete; what is said of it."""
    number = {"number": locales.number(nomination.number)}
    try:
        nominations.submit(nomination, actor=request.who)
    except TransitionRefusedError as refused:
        said = _("Nomination %(number)s is kept as a draft.") % number
        return f"{said} {refused}"
    return _("Nomination %(number)s is keyed in and counts as received.") % number


def _onward(edition: Edition, entry: Correspondence) -> str:
    """To the next nomination of the same letter, else to the entry, which shows what is left."""
    if entry.nominees_stated is not None and entry.keyed + 1 < entry.nominees_stated:
        return reverse("nominations:key_in", args=[edition.slug, entry.pk])
    return _back_to(edition, entry)
