"""Settling what is open in a file of nominations: many lines alike, or one."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from madang.core import locales
from madang.core.requests import Request, form_page
from madang.nominations.actions import import_settling as actions
from madang.nominations.forms.imports import LineForm, SettleForm
from madang.nominations.importing import asked, known, overview
from madang.nominations.importing.lines import Line, rows_of
from madang.nominations.models import Import
from madang.nominations.queries import imports as queries
from madang.nominations.reading.fields import Field
from madang.nominations.views.imports import back_to, found, page
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


@require_POST
@common.of_edition(changes=True)
def settle(request: Request, edition: Edition, batch_id: UUID) -> HttpResponseBase:
    """Settle all lines in which the same is open."""
    batch = found(edition, batch_id)
    form = SettleForm(request.POST)
    if not form.is_valid():
        raise Http404
    codes = {form.cleaned_data["about"]}
    what = form.cleaned_data["what"]
    alike: dict[str, Callable[..., int]] = {
        "suggestion": actions.take_suggestions, "keep": actions.keep, "empty": actions.leave_empty,
    }  # fmt: skip
    settled: list[int] = []

    def act() -> None:
        if what in alike:
            settled.append(alike[what](batch, codes, actor=request.who))
        else:
            settled.append(actions.decide(batch, codes, what, actor=request.who))

    if common.tried(request, act):
        number = settled[0]
        said = ngettext("%(number)s line is settled.", "%(number)s lines are settled.", number)
        messages.success(request, said % {"number": locales.number(number)})
    return HttpResponseRedirect(back_to(batch))


@form_page
@common.of_edition(changes=True)
def line(request: Request, edition: Edition, batch_id: UUID, number: int) -> HttpResponseBase:
    """One line: its cells as they came, what was read, whom it looks like; and settling it."""
    batch = found(edition, batch_id)
    (row,) = rows_of(batch, batch.rows.filter(number=number)) or (None,)
    if row is None:
        raise Http404
    one = Line.of(row)
    fields = queries.fields_of(edition)
    beside = _Beside(batch, one)
    is_open = batch.state == Import.State.OPEN
    form = LineForm(
        (request.POST or None) if is_open else None,
        row=row,
        line=one,
        fields=fields,
        nominations=beside.nominations,
        lines=beside.rows,
    )

    def act() -> None:
        actions.settle(
            batch,
            row,
            form.settled(),
            actor=request.who,
            expected_version=form.cleaned_data["version"],
        )

    if form.is_valid() and common.performed(form, act):
        return common.done(request, _("The line is settled."), _next(batch, number))
    (shown,) = queries.shown(batch, [row])
    return page(
        request, "line", edition,
        batch=batch,
        shown=shown,
        form=form,
        is_open=is_open,
        cells=queries.cells(one, overview.of(batch).columns, fields),
        beside=beside.compared(one, fields),
        general=[it for it in one.open_findings if not it.field],
    )  # fmt: skip


def _next(batch: Import, number: int) -> str:
    """The same line while something is open in it, else all of them."""
    row = batch.rows.filter(number=number).first()
    if row is None or not row.codes:
        return back_to(batch)
    return reverse("nominations:import_row", args=[batch.edition.slug, batch.pk, number])


class _Beside:
    """Whom a line looks like: nominations, and earlier lines of the file."""

    def __init__(self, batch: Import, one: Line) -> None:
        keys = [UUID(it.nomination) for it in one.likely if it.nomination]
        numbers = [it.line for it in one.likely if it.line]
        self.batch = batch
        self.nominations = known.nominations_of(batch.edition, keys) if keys else {}
        rows = rows_of(batch, batch.rows.filter(number__in=numbers)) if numbers else []
        self.rows = {row.number: row for row in rows}

    def compared(self, one: Line, fields: Mapping[str, Field]) -> list[dict[str, Any]]:
        """Each of them: who it is, why it may be the same person, and what differs."""
        compared = []
        listed = asked.questions_of(self.batch.edition) if one.likely else []
        for likely in one.likely:
            row = self.rows.get(likely.line or 0)
            nomination = (
                self.nominations.get(UUID(likely.nomination)) if likely.nomination else None
            )
            if nomination is not None:
                differs = known.differences(one, nomination, listed)
            elif row is not None:
                differs = known.between(Line.of(row), one)
            else:
                continue
            compared.append(
                {
                    "likely": likely,
                    "row": row,
                    "nomination": nomination,
                    "name": Line.of(row).name if row is not None else "",
                    "differs": [(_label(fields, it.field), it) for it in differs],
                }
            )
        return compared


def _label(fields: Mapping[str, Field], key: str) -> str:
    return str(fields[key].label) if key in fields else key
