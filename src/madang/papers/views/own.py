"""What a delegation does with its papers; a focal point looks at how they stand."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core import texts
from madang.core.requests import Request, form_page
from madang.papers import rules
from madang.papers.actions import agreements, writing
from madang.papers.forms.papers import AgreementForm, PaperForm
from madang.papers.models import Paper, PaperRequest
from madang.papers.views.pages import title_of, with_texts
from madang.people.time_zones import local_times
from madang.workshops.forms.fields import language_name
from madang.workshops.pages import serving
from madang.workshops.queries import public
from madang.workshops.queries.public import EditionRow
from madang.workshops.views.manage import common


@require_safe
def ours(request: Request, slug: str) -> HttpResponseBase:
    """Every paper that the reader's country is asked for; nobody else has such a page."""
    row = public.edition_row(request.who, slug)
    asked = Paper.objects.filter(edition=row.id).select_related("kind__request", "country")
    found = list(
        rules.see_state.visible(request.who, asked).order_by(
            "country__sort_key", "kind__order", "pk"
        )
    )
    if not found:
        raise Http404
    texts.prefetch(found)
    texts.prefetch_referred(found, "kind", "country")
    may_work = rules.work_on.visible(request.who, asked).values_list("pk", flat=True)
    context = {
        "edition": public.editions([row.id])[row.id],
        "papers": found,
        "may_work": set(may_work),
    }
    return serving.serve_fresh(request, row, "papers/ours.html", context)


def _paper(request: Request, row: EditionRow, paper_id: UUID) -> Paper:
    """A paper of the reader's delegation, or a 404."""
    papers = Paper.objects.filter(edition=row.id).select_related(
        "kind__request", "country", "edition", "lead__person__subject"
    )
    found = rules.work_on.get_or_404(request.who, papers, pk=paper_id)
    with_texts(found)
    return found


@form_page
def paper(request: Request, slug: str, paper_id: UUID) -> HttpResponseBase:
    """Guidance, template, what reviewers said; the form while something is owed."""
    row = public.edition_row(request.who, slug)
    found = _paper(request, row, paper_id)
    with timezone.override(row.zone):
        form = _form(request, found)
        if form is not None and form.is_valid() and _saved(request, found, form):
            return _done(request, row, found)
        return serving.serve_fresh(request, row, "papers/paper.html", _context(row, found, form))


def _form(request: HttpRequest, paper: Paper) -> PaperForm | None:
    """The form, while it can be sent. What was typed as a colleague sent it is shown with why."""
    is_open = paper.kind.request.state != PaperRequest.State.CLOSED
    if request.method != "POST" and not (paper.is_owed and is_open):
        return None
    initial = {"language": paper.language}
    return PaperForm(request.POST or None, request.FILES or None, instance=paper, initial=initial)


def _saved(request: Request, paper: Paper, form: PaperForm) -> bool:
    return common.performed(
        form,
        lambda: writing.save(
            paper,
            form.values(),
            english=form.english(),
            upload=form.cleaned_data["upload"],
            agreed=form.agreed(),
            send="send" in request.POST,
            expected_version=form.expected_version,
            actor=request.who,
        ),
    )


def _done(request: Request, row: EditionRow, paper: Paper) -> HttpResponseBase:
    if "send" in request.POST:
        said = _("It is sent. The secretariat reads it and answers by mail.")
        return common.done(request, said, reverse("own_papers:ours", args=[row.slug]))
    said = _("It is saved, and not sent yet.")
    return common.done(request, said, reverse("own_papers:paper", args=[row.slug, paper.pk]))


def _context(row: EditionRow, paper: Paper, form: PaperForm | None) -> dict[str, Any]:
    due = paper.deadline
    templates = paper.kind.templates.select_related("file")
    return {
        "edition": public.editions([row.id])[row.id],
        "paper": paper,
        "heading": title_of(paper),
        "form": form,
        "templates": [(each, language_name(each.language)) for each in templates],
        "languages": [language_name(code) for code in paper.kind.languages],
        "local_deadlines": local_times(paper.country.alpha2, due) if due else [],
        "versions": paper.versions.select_related("file"),
        "remarks": paper.remarks.all(),
        "agreements": paper.agreements.filter(withdrawn_at__isnull=True).select_related(
            "given_by__person__subject"
        ),
    }


@form_page
def agreement(request: Request, slug: str, paper_id: UUID) -> HttpResponseBase:
    """Agree to more, or take back what was agreed: at any time."""
    row = public.edition_row(request.who, slug)
    found = _paper(request, row, paper_id)
    initial = {"room": found.in_room, "library": found.in_library}
    # Nothing ticked is an answer, too: an empty form is sent as well as a full one.
    sent = request.POST if request.method == "POST" else None
    form = AgreementForm(sent, initial=initial)
    with timezone.override(row.zone):
        if form.is_valid():
            agreements.settle(found, form.agreed(), actor=request.who)
            back = reverse("own_papers:paper", args=[row.slug, found.pk])
            return common.done(request, _("What your country agrees to is saved."), back)
        context = {
            "edition": public.editions([row.id])[row.id],
            "paper": found,
            "heading": title_of(found),
            "form": form,
        }
        return serving.serve_fresh(request, row, "papers/agreement.html", context)
