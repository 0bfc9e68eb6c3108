"""What a report is made of: its sections, and the decisions and tasks of minutes."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madang.core.requests import Request, form_page
from madang.reports import queries
from madang.reports.actions import arranging
from madang.reports.forms import PointForm, SectionForm
from madang.reports.models import Report
from madang.reports.views.manage import address, report_of
from madang.workshops.actions import translations
from madang.workshops.forms.fields import language_choices, language_name
from madang.workshops.forms.translations import TranslationForm
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


@form_page
@common.of_edition(changes=True)
def add(request: Request, edition: Edition, report_id: UUID) -> HttpResponse:
    """A section of one's own, or an item of an agenda."""
    found = report_of(edition, report_id)
    initial = {"language": get_language()}
    form = SectionForm(request.POST or None, needs_title=True, initial=initial)
    return common.edit(
        request,
        form,
        lambda: arranging.add_section(found, form.values(), actor=request.who),
        said=_("The section is added."),
        back=address(edition, found),
        title=_("Add an item of the agenda")
        if found.kind == Report.Kind.MINUTES
        else _("Add a section"),
        submit=_("Add it"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def edit(request: Request, edition: Edition, report_id: UUID, section_id: UUID) -> HttpResponse:
    """The text of a section; whether it is left out."""
    found = report_of(edition, report_id)
    section = common.found(found.sections, section_id)
    form = SectionForm(request.POST or None, instance=section, needs_title=not section.code)
    return common.edit(
        request,
        form,
        lambda: arranging.change_section(
            section, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("Saved."),
        back=address(edition, found),
        title=_("Edit the section"),
        submit=_("Save"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def translate(
    request: Request, edition: Edition, report_id: UUID, section_id: UUID, language: str
) -> HttpResponse:
    """A section in one more language."""
    found = report_of(edition, report_id)
    section = common.found(found.sections, section_id)
    if language == section.language or language not in dict(language_choices()):
        raise Http404
    form = TranslationForm(request.POST or None, thing=section, target=language)
    if form.is_valid() and common.performed(
        form,
        lambda: translations.translate(
            section,
            language,
            form.wordings(),
            "report.section_changed",
            expected=form.cleaned_data["expected"],
            actor=request.who,
        ),
    ):
        return common.done(request, _("Saved."), address(edition, found))
    context = {
        "edition": edition,
        "form": form,
        "source": language_name(section.language),
        "target": language_name(language),
        "cancel": address(edition, found),
    }
    return render(request, "reports/translation.html", context)


@require_POST
@common.of_edition(changes=True)
def move(
    request: Request, edition: Edition, report_id: UUID, section_id: UUID, where: str
) -> HttpResponseBase:
    """One place up or down."""
    found = report_of(edition, report_id)
    section = common.found(found.sections, section_id)
    if where not in {"up", "down"}:
        raise Http404
    arranging.move_section(section, up=where == "up", actor=request.who)
    return HttpResponseRedirect(address(edition, found))


@form_page
@common.of_edition(changes=True)
def remove(request: Request, edition: Edition, report_id: UUID, section_id: UUID) -> HttpResponse:
    """Ask, then remove a section of one's own."""
    found = report_of(edition, report_id)
    section = common.found(found.sections, section_id)
    return common.remove(
        request,
        lambda: arranging.remove_section(section, actor=request.who),
        said=_("The section is removed."),
        back=address(edition, found),
        title=_("Remove the section?"),
        submit=_("Remove it"),
        consequences=[_("Its text is gone, in every language.")],
    )


@form_page
@common.of_edition(changes=True)
def point_add(request: Request, edition: Edition, report_id: UUID) -> HttpResponse:
    """A decision or a task."""
    found = _minutes(edition, report_id)
    initial = {"language": get_language()}
    people = queries.people(edition)
    form = PointForm(request.POST or None, people=people, edition=edition, initial=initial)
    return common.edit(
        request,
        form,
        lambda: arranging.add_point(found, form.values(), actor=request.who),
        said=_("Noted."),
        back=address(edition, found),
        title=_("Add a decision or a task"),
        submit=_("Add it"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def point_edit(request: Request, edition: Edition, report_id: UUID, point_id: UUID) -> HttpResponse:
    """Change a decision or a task."""
    found = _minutes(edition, report_id)
    point = common.found(found.points, point_id)
    people = queries.people(edition)
    form = PointForm(request.POST or None, instance=point, people=people, edition=edition)
    return common.edit(
        request,
        form,
        lambda: arranging.change_point(
            point, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("Saved."),
        back=address(edition, found),
        title=_("Edit"),
        submit=_("Save"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def point_remove(
    request: Request, edition: Edition, report_id: UUID, point_id: UUID
) -> HttpResponse:
    """Ask, then remove a decision or a task."""
    found = _minutes(edition, report_id)
    point = common.found(found.points, point_id)
    return common.remove(
        request,
        lambda: arranging.remove_point(point, actor=request.who),
        said=_("It is removed."),
        back=address(edition, found),
        title=_("Remove “%(text)s”?") % {"text": point.wording("text")},
        submit=_("Remove it"),
    )


def _minutes(edition: Edition, report_id: UUID) -> Report:
    found = report_of(edition, report_id)
    if found.kind != Report.Kind.MINUTES:
        raise Http404
    return found
