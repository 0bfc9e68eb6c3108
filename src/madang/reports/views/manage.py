"""The secretariat's desk of reports: list, one report, freezing, approval, issuing."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core import approvals, audit
from madang.core.requests import Request, form_page
from madang.reports import making, naming, queries
from madang.reports.actions import arranging, issuing
from madang.reports.forms import PutUpForm, ReportForm
from madang.reports.making import Order
from madang.reports.models import Report, ReportVersion
from madang.reports.views.files import file_of
from madang.workshops.forms.fields import language_name
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


@require_safe
@common.of_edition()
def index(request: Request, edition: Edition) -> HttpResponse:
    """Every report with where it stands, and what can be begun."""
    rows = queries.of_edition(edition)
    there = {row.kind for row in rows}
    single = (Report.Kind.FINAL, Report.Kind.PEOPLE)
    context = {
        "edition": edition,
        "rows": rows,
        "to_begin": [kind for kind in single if kind not in there],
        "may_change": common.may_change(request, edition),
    }
    return render(request, "reports/index.html", context)


@require_POST
@common.of_edition(changes=True)
def begin(request: Request, edition: Edition, kind: str) -> HttpResponseBase:
    """Begin the final report or the list of participants."""
    if kind not in {Report.Kind.FINAL, Report.Kind.PEOPLE}:
        raise Http404
    made = arranging.begin(edition, kind, actor=request.who)
    return HttpResponseRedirect(address(edition, made))


@form_page
@common.of_edition(changes=True)
def add(request: Request, edition: Edition) -> HttpResponse:
    """Begin the minutes of a session or another meeting."""
    kind = Report.Kind.MINUTES
    initial = {"title": str(kind.label).capitalize(), "language": get_language()}
    form = ReportForm(request.POST or None, edition=edition, kind=kind, initial=initial)
    made: list[Report] = []
    if form.is_valid() and common.performed(
        form,
        lambda: made.append(arranging.begin(edition, kind, form.values(), actor=request.who)),
    ):
        return common.done(request, _("The minutes are begun."), address(edition, made[0]))
    context = {
        "form": form,
        "title": _("Write minutes"),
        "submit": _("Begin the minutes"),
        "cancel": reverse("reports:index", args=[edition.slug]),
        "edition": edition,
    }
    return render(request, "workshops/manage/form.html", context)


@require_safe
@common.of_edition()
def report(request: Request, edition: Edition, report_id: UUID) -> HttpResponse:
    """One report: what it is made of, its versions, where it stands and the next step."""
    found = report_of(edition, report_id)
    versions = list(found.versions.all())
    directors = queries.directors(found, besides=request.who)
    context = {
        "edition": edition,
        "report": found,
        "may_change": common.may_change(request, edition),
        "sections": queries.sections(found),
        "points": queries.points(found),
        "languages": languages(),
        "is_minutes": found.kind == Report.Kind.MINUTES,
        "versions": versions,
        "latest": approvals.latest(found),
        "issue_refusal": found.issue.refusal(),
        "approval_refusal": issuing.approval_refusal(found),
        "put_up_form": PutUpForm(directors=directors) if directors and versions else None,
        "history": audit.trail(request.who, thing=found),
    }
    return render(request, "reports/report.html", context)


@form_page
@common.of_edition(changes=True)
def edit(request: Request, edition: Edition, report_id: UUID) -> HttpResponse:
    """Title, language, audience."""
    found = report_of(edition, report_id)
    form = ReportForm(request.POST or None, instance=found, edition=edition, kind=found.kind)
    return common.edit(
        request,
        form,
        lambda: arranging.change(
            found, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("Saved."),
        back=address(edition, found),
        title=_("Edit"),
        submit=_("Save"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def remove(request: Request, edition: Edition, report_id: UUID) -> HttpResponse:
    """Ask, then remove a draft."""
    found = report_of(edition, report_id)
    return common.remove(
        request,
        lambda: arranging.remove(found, actor=request.who),
        said=_("The draft is removed."),
        back=reverse("reports:index", args=[edition.slug]),
        stay=address(edition, found),
        title=_("Remove “%(title)s”?") % {"title": found.wording("title")},
        submit=_("Remove it"),
        consequences=[_("What was written in its sections is gone.")],
    )


@require_POST
@common.of_edition(changes=True)
def freeze(request: Request, edition: Edition, report_id: UUID) -> HttpResponseBase:
    """Freeze a version and make its files, in the background."""
    found = report_of(edition, report_id)
    job = issuing.ask(found, actor=request.who)
    return HttpResponseRedirect(job.get_absolute_url())


@require_safe
@common.of_edition()
def version(request: Request, edition: Edition, report_id: UUID, number: int) -> HttpResponse:
    """Read a version, in one of its languages."""
    found = report_of(edition, report_id)
    frozen = version_of(found, number)
    context = {
        "edition": edition,
        "report": found,
        "version": frozen,
        "said": naming.named(frozen.content, get_language() or settings.LANGUAGE_CODE),
        "languages": languages(),
        "formats": making.formats(found),
    }
    response = render(request, "reports/version.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@common.of_edition()
def version_file(
    request: Request, edition: Edition, report_id: UUID, number: int, language: str, form: str
) -> HttpResponseBase:
    """A version as a file."""
    del request
    found = report_of(edition, report_id)
    return file_of(Order(version_of(found, number), language, form))


@require_POST
@common.of_edition(changes=True)
def put_up(request: Request, edition: Edition, report_id: UUID) -> HttpResponse:
    """Hand the last version to a director."""
    found = report_of(edition, report_id)
    form = PutUpForm(request.POST, directors=queries.directors(found, besides=request.who))
    return common.edit(
        request,
        form,
        lambda: issuing.put_up(found, director=form.cleaned_data["director"], actor=request.who),
        said=_("The director has it now."),
        back=address(edition, found),
        title=_("Have it approved"),
        submit=_("Have it approved"),
        edition=edition,
    )


@require_POST
@common.of_edition(changes=True)
def issue(request: Request, edition: Edition, report_id: UUID) -> HttpResponseBase:
    """Issue what was approved."""
    found = report_of(edition, report_id)
    if common.tried(request, lambda: issuing.issue(found, actor=request.who)):
        return common.done(request, _("It is issued."), address(edition, found))
    return HttpResponseRedirect(address(edition, found))


@form_page
@common.of_edition(changes=True)
def withdraw(request: Request, edition: Edition, report_id: UUID) -> HttpResponse:
    """Ask, then let nobody read it any more."""
    found = report_of(edition, report_id)
    return common.remove(
        request,
        lambda: issuing.withdraw(found, actor=request.who),
        said=_("It is withdrawn."),
        back=address(edition, found),
        title=_("Withdraw “%(title)s”?") % {"title": found.wording("title")},
        submit=_("Withdraw it"),
        consequences=[_("Nobody reads it any more, and its number is shown as revoked.")],
    )


def languages() -> list[tuple[str, str]]:
    """The languages of the interface, each by its own name."""
    return [(code, language_name(code)) for code, _name in settings.LANGUAGES]


def report_of(edition: Edition, report_id: UUID) -> Report:
    """The report that the address names, with its edition at hand."""
    found: Any = common.found(
        edition.reports.select_related("issued", "document", "session"), report_id
    )
    found.edition = edition
    return found  # type: ignore[no-any-return]


def version_of(found: Report, number: int) -> ReportVersion:
    """One of its versions, or a 404."""
    version = found.versions.filter(number=number).first()
    if version is None:
        raise Http404
    version.report = found
    return version


def address(edition: Edition, found: Report) -> str:
    """The page of a report."""
    return reverse("reports:report", args=[edition.slug, found.pk])
