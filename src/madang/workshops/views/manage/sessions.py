"""The sessions of an edition, apart from their place in the timetable."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from madang.core import audit, exports, locales, texts
from madang.core.requests import Request, form_page, page_of
from madang.workshops.actions import sessions as actions
from madang.workshops.forms.sessions import Parts, SessionFilters, SessionForm
from madang.workshops.models import Edition, Room, Session
from madang.workshops.queries import people
from madang.workshops.queries import sessions as queries
from madang.workshops.views.manage import common


@require_safe
@common.of_edition()
def sessions(request: Request, edition: Edition) -> HttpResponseBase:
    """The programme as a list, narrowed by what stands in the address."""
    form = _filters(request, edition)
    form.is_valid()
    found = queries.filtered(queries.in_edition(edition), edition, form.cleaned_data)
    if exports.wanted(request):
        shown = queries.with_wordings(list(found))
        return exports.respond(request, _table(shown), f"{edition.slug}-sessions")
    rows = page_of(request, found)
    rows.object_list = queries.with_wordings(list(rows.object_list))
    return common.page(request, "sessions", edition, form=form, rows=rows)


def _filters(request: Request, edition: Edition) -> SessionFilters:
    rooms = list(Room.objects.filter(site__edition=edition).select_related("site"))
    texts.prefetch(rooms)
    teaching = people.in_edition(edition).filter(session_parts__isnull=False).distinct()
    return SessionFilters(
        request.GET, edition=edition, rooms=rooms, participations=people.by_name(teaching)
    )


def _table(found: list[Session]) -> exports.Table:
    def rows() -> Iterator[tuple[exports.Value, ...]]:
        for session in found:
            yield (
                session.wording("title"),
                session.get_kind_display(),
                session.module.wording("title") if session.module else "",
                _local(session),
                session.minutes,
                session.room.wording("name") if session.room else "",
                locales.listed(part.participation.person for part in session.people.all()),
                session.get_audience_display(),
                session.places,
                session.places_given,
                session.get_state_display(),
            )

    return exports.Table(
        columns=(
            exports.Column("title", _("Title")),
            exports.Column("kind", _("Kind")),
            exports.Column("module", _("Module")),
            exports.Column("start", _("Start")),
            exports.Column("minutes", _("Minutes")),
            exports.Column("room", _("Room")),
            exports.Column("people", _("People")),
            exports.Column("audience", _("For whom")),
            exports.Column("places", pgettext("seats", "Places")),
            exports.Column("places_given", _("Places given")),
            exports.Column("state", _("State")),
        ),
        rows=rows(),
    )


def _local(session: Session) -> exports.Value:
    return session.starts_at.astimezone(session.edition.zone) if session.starts_at else None


def _back(edition: Edition) -> str:
    return reverse("manage:sessions", args=[edition.slug])


def _back_to(edition: Edition, session: Session) -> str:
    return reverse("manage:session", args=[edition.slug, session.pk])


@require_safe
@common.of_edition()
def session(request: Request, edition: Edition, session_id: UUID) -> HttpResponseBase:
    """One session with everything that belongs to it."""
    session = common.found(queries.in_edition(edition), session_id)
    queries.with_wordings([session])
    materials = list(session.materials.all())
    texts.prefetch(materials)
    return common.page(
        request, "session", edition,
        session=session,
        materials=materials,
        concerns=queries.concerns(edition, session),
        trail=audit.trail(request.who, thing=session, limit=10),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def session_add(request: Request, edition: Edition) -> HttpResponseBase:
    initial = {name: request.GET.get(name) for name in ("module", "day", "kind", "room")}
    form = SessionForm(request.POST or None, edition=edition, initial=initial)
    parts = Parts(edition, None, request.POST or None)
    if _both_valid(form, parts):
        made: list[Session] = []
        if common.performed(
            form,
            lambda: made.append(
                actions.add_session(edition, form.values(), parts.chosen(), actor=request.who)
            ),
        ):
            return _saved(request, edition, made[0], _("The session is added to the draft."))
    return common.page(
        request, "session_form", edition,
        form=form, parts=parts,
        title=_("Add a session"), submit=_("Add the session"), cancel=_back(edition),
    )  # fmt: skip


def _both_valid(form: SessionForm, parts: Parts) -> bool:
    return all([form.is_valid(), parts.is_valid()])


def _saved(request: Request, edition: Edition, session: Session, said: str) -> HttpResponseRedirect:
    """Go on to the session; what a planner should look at again is said there."""
    for concern in queries.concerns(edition, session):
        messages.warning(request, concern)
    return common.done(request, said, _back_to(edition, session))


@form_page
@common.of_edition(changes=True)
def session_edit(request: Request, edition: Edition, session_id: UUID) -> HttpResponseBase:
    session = common.found(edition.sessions, session_id)
    form = SessionForm(request.POST or None, instance=session, edition=edition)
    parts = Parts(edition, session, request.POST or None)
    if _both_valid(form, parts) and common.performed(
        form,
        lambda: actions.change_session(
            session,
            form.values(),
            parts.chosen(),
            expected_version=form.expected_version,
            actor=request.who,
        ),
    ):
        return _saved(request, edition, session, _("The session is saved in the draft."))
    return common.page(
        request, "session_form", edition,
        form=form, parts=parts,
        title=_("Edit the session"), submit=_("Save the session"),
        cancel=_back_to(edition, session),
    )  # fmt: skip


@require_POST
@common.of_edition(changes=True)
def session_state(
    request: Request, edition: Edition, session_id: UUID, name: str
) -> HttpResponseBase:
    """Cancel a session, or reinstate it."""
    if name not in {"cancel", "reinstate"}:
        raise Http404
    session = common.found(edition.sessions, session_id)
    back = _back_to(edition, session)
    said = {
        "cancel": _(
            "The session is cancelled in the draft. Publish, and those concerned are told."
        ),
        "reinstate": _("The session takes place after all, in the draft."),
    }
    if common.tried(request, lambda: getattr(session, name)(actor=request.who)):
        return common.done(request, said[name], back)
    return HttpResponseRedirect(back)


@form_page
@common.of_edition(changes=True)
def session_remove(request: Request, edition: Edition, session_id: UUID) -> HttpResponseBase:
    session = common.found(edition.sessions, session_id)
    if request.method == "POST" and not common.tried(
        request, lambda: actions.remove_session(session, actor=request.who)
    ):
        return HttpResponseRedirect(_back_to(edition, session))
    if request.method == "POST":
        return common.done(request, _("The session is removed."), _back(edition))
    if actions.was_published(session):
        messages.error(
            request,
            _("It has been published: cancel it instead, so that people see what became of it."),
        )
        return HttpResponseRedirect(_back_to(edition, session))
    return common.confirm(
        request,
        title=_("Remove “%(title)s”?") % {"title": session.wording("title")},
        submit=_("Remove the session"),
        back=_back_to(edition, session),
        consequences=[
            _("Who has a part in it, and its sign-ups, go with it; its materials stay."),
            _("Nobody outside has seen it, so nobody is told."),
        ],
    )
