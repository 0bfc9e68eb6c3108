"""The secretariat's pages of files of nominations: bringing, looking, reading again, writing."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from madang.core import audit, exports, files, locales
from madang.core.models import Job
from madang.core.requests import Request, form_page, page_of
from madang.nominations.actions import import_writing
from madang.nominations.actions import imports as actions
from madang.nominations.forms.imports import BringForm, LineFilters, ReadingForm, WriteForm
from madang.nominations.importing import overview
from madang.nominations.models import Import, ImportRow
from madang.nominations.queries import imports as queries
from madang.nominations.reading.fields import Field
from madang.workshops.models import Edition
from madang.workshops.views.manage import common

State = Import.State


def page(request: Request, name: str, edition: Edition, **context: Any) -> HttpResponse:
    """A page about files: what it shows is personal, and is kept nowhere."""
    context |= {"edition": edition, "may_change": common.may_change(request, edition)}
    response = render(request, f"nominations/imports/{name}.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def found(edition: Edition, batch_id: UUID) -> Import:
    """A file of the edition that the address names, or a 404."""
    batch = common.found(edition.imports.select_related("subject"), batch_id)
    batch.edition = edition
    return batch


def back_to(batch: Import) -> str:
    """The address of a file."""
    return reverse("nominations:import", args=[batch.edition.slug, batch.pk])


# Files hold scores and what nobody checked: whoever may not handle them does not see them either.
@form_page
@common.of_edition(changes=True)
def imports(request: Request, edition: Edition) -> HttpResponseBase:
    """The files that came, and bringing another."""
    form = BringForm(request.POST or None, request.FILES or None, edition=edition)
    started: list[Job] = []

    def bring() -> None:
        cleaned = form.cleaned_data
        batch = actions.bring(
            edition, cleaned["upload"], source=cleaned.get("source"), actor=request.who
        )
        started.append(actions.start_reading(batch, actor=request.who))

    if form.is_valid() and common.performed(form, bring):
        return HttpResponseRedirect(started[0].get_absolute_url())
    rows = page_of(request, queries.of_edition(edition))
    return page(request, "imports", edition, form=form, rows=rows)


@require_safe
@common.of_edition(changes=True)
def import_(request: Request, edition: Edition, batch_id: UUID) -> HttpResponseBase:
    """One file: what was read, what is open in it, and its lines."""
    batch = found(edition, batch_id)
    form = LineFilters(request.GET)
    form.is_valid()
    rows = page_of(request, queries.filtered(batch, form.cleaned_data))
    counted = queries.counts(batch)
    fields = queries.fields_of(edition)
    known = overview.of(batch)
    is_open = batch.state == State.OPEN
    return page(
        request, "import", edition,
        batch=batch,
        file=files.of(batch).first(),
        known=known,
        columns=[(it, _label(fields, it.field)) for it in known.columns],
        missing=[fields[key].label for key in known.missing if key in fields],
        counts=counted,
        outcomes=[
            (label, counted.outcomes.get(value, 0))
            for value, label in ImportRow.Outcome.choices
        ],
        open_things=queries.open_things(batch, counted, fields) if is_open else [],
        is_open=is_open,
        form=form,
        rows=rows,
        lines=queries.shown(batch, rows.object_list, fields),
        trail=audit.trail(request.who, thing=batch, limit=20),
    )  # fmt: skip


def _label(fields: Mapping[str, Field], key: str | None) -> str:
    return str(fields[key].label) if key is not None and key in fields else ""


@form_page
@common.of_edition(changes=True)
def reading(request: Request, edition: Edition, batch_id: UUID) -> HttpResponseBase:
    """How a file is read: where its table is, what its columns hold; and reading it again."""
    batch = found(edition, batch_id)
    if batch.state in {State.WRITTEN, State.DISCARDED}:
        return HttpResponseRedirect(back_to(batch))
    form = ReadingForm(
        request.POST or None,
        batch=batch,
        known=overview.of(batch),
        fields=queries.fields_of(edition),
    )
    started: list[Job] = []
    if form.is_valid() and common.performed(
        form, lambda: started.append(actions.read_again(batch, form.how(), actor=request.who))
    ):
        return HttpResponseRedirect(started[0].get_absolute_url())
    return page(request, "reading", edition, batch=batch, form=form, known=form.known)


@form_page
@common.of_edition(changes=True)
def write(request: Request, edition: Edition, batch_id: UUID) -> HttpResponseBase:
    """Ask with counts, then let everything that is settled be written."""
    batch = found(edition, batch_id)
    counted = queries.counts(batch)
    if batch.state != State.OPEN or not counted.taken:
        return HttpResponseRedirect(back_to(batch))
    form = WriteForm(
        request.POST or None,
        has_merit="merit" in batch.mapping.values(),
        initial={"version": batch.version},
    )
    if form.is_valid():
        job = import_writing.start_writing(
            batch,
            version=form.cleaned_data["version"],
            take_merit=form.cleaned_data.get("take_merit", False),
            actor=request.who,
        )
        return HttpResponseRedirect(job.get_absolute_url())
    context = {
        "title": _("Write the nominations of this file?"),
        "consequences": _consequences(counted),
        "submit": _("Write them"),
        "cancel_url": back_to(batch),
        "form": form,
        "danger": False,
    }
    return render(request, "components/confirm.html", context)


def _consequences(counted: queries.Counts) -> list[str]:
    def told(one: str, many: str, what: str) -> list[str]:
        number = counted.fates.get(what, 0)
        return [ngettext(one, many, number) % {"number": locales.number(number)}] if number else []

    return [
        *told(
            "%(number)s new nomination is entered; it counts as received if it is complete.",
            "%(number)s new nominations are entered; those that are complete count as received.",
            "new",
        ),
        *told(
            "%(number)s line changes a nomination that is there: it says what is newer.",
            "%(number)s lines change nominations that are there: they say what is newer.",
            "change",
        ),
        *told(
            "%(number)s line goes with an earlier one on the same person.",
            "%(number)s lines go with earlier ones on the same person.",
            "with",
        ),
        *told(
            "%(number)s line says nothing new.",
            "%(number)s lines say nothing new.",
            "same",
        ),
        *told(
            "%(number)s line is left out; you can download it, with the reason.",
            "%(number)s lines are left out; you can download them, with the reasons.",
            "left",
        ),
        _("This can't be undone: afterwards nominations are changed or withdrawn one by one."),
    ]


@form_page
@common.of_edition(changes=True)
def discard(request: Request, edition: Edition, batch_id: UUID) -> HttpResponseBase:
    """Ask, then let go of a file that was not written."""
    batch = found(edition, batch_id)
    return common.remove(
        request,
        lambda: actions.discard(batch, actor=request.who),
        said=_("The file is discarded."),
        back=reverse("nominations:imports", args=[edition.slug]),
        title=_("Discard this file?"),
        submit=_("Discard it"),
        consequences=[
            _("The file and everything that was settled in it are gone."),
            _("Nominations are not touched."),
        ],
    )


@require_safe
@common.of_edition(changes=True)
def rejected(request: Request, edition: Edition, batch_id: UUID) -> HttpResponseBase:
    """The lines that are left out as a workbook: all their cells, and why."""
    batch = found(edition, batch_id)
    if exports.wanted(request) != "xlsx":
        raise Http404
    return exports.respond(request, queries.left_out(batch), f"{edition.slug}-left-out")
