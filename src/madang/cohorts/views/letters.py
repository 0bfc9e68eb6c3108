"""Batches of letters: prepared, looked at, approved, issued, sent, taken away."""

import zipfile
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from madang.cohorts import letter_wordings, rules
from madang.cohorts.actions import issuing, letterheads, posting
from madang.cohorts.actions import letters as actions
from madang.cohorts.forms.letters import BatchForm, DirectorForm, LetterFilters
from madang.cohorts.models import Letter, LetterBatch, LetterKind, LetterTemplate
from madang.cohorts.queries import letters as queries
from madang.cohorts.views import pages
from madang.cohorts.views.pages import other_directors
from madang.core import approvals, audit, files, limits, locales
from madang.core.models import Job
from madang.core.requests import Request, form_page, page_of
from madang.documents import tables
from madang.documents.merging import merged
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Edition
from madang.workshops.views.manage import common

# Merging some hundred letters takes seconds.
MERGING = timedelta(minutes=2)
MEGABYTES = 1000


def page(request: Request, name: str, edition: Edition, **context: Any) -> HttpResponse:
    """A page of letters: `may_see_passports` says whether it offers these too."""
    may_see = rules.handle_passports.can(request.who, edition)
    return pages.page(request, f"letters/{name}", edition, may_see_passports=may_see, **context)


def found_batch(edition: Edition, batch_id: UUID) -> LetterBatch:
    """The batch that the address names, or a 404."""
    batch = common.found(edition.letter_batches.all(), batch_id)
    batch.edition = edition
    return batch


def batch_address(batch: LetterBatch) -> str:
    return reverse("cohorts:batch", args=[batch.edition.slug, batch.pk])


# --- All batches ----------------------------------------------------------------------------------
@require_safe
@common.of_edition()
def letters(request: Request, edition: Edition) -> HttpResponseBase:
    """The batches of an edition, and what has to stand before any can be made."""
    head = letterheads.letterhead(edition)
    written = set(LetterTemplate.objects.filter(edition=edition).values_list("kind", flat=True))
    batches = page_of(request, queries.batches(edition))
    return page(
        request, "letters", edition,
        head=head,
        kinds=[
            (kind, kind.label, kind in written, head is not None and kind in written)
            for kind in LetterKind
        ],
        rows=batches,
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def begin(request: Request, edition: Edition, kind: str) -> HttpResponseBase:
    """Choose whom letters of a kind go to."""
    if kind not in queries.RECIPIENTS:
        raise Http404
    form = BatchForm(kind, request.POST or None)
    made: list[LetterBatch] = []
    back = reverse("cohorts:letters", args=[edition.slug])

    def act() -> None:
        made.append(
            actions.begin(
                edition,
                kind,
                form.cleaned_data["recipients"],
                again=form.cleaned_data["again"],
                actor=request.who,
            )
        )

    if form.is_valid() and common.performed(form, act):
        unasked = queries.unasked(edition, kind)
        if unasked:
            said = ngettext(
                "%(number)s country is not among those asked, and gets no letter.",
                "%(number)s countries are not among those asked, and get no letter.",
                unasked,
            )
            messages.warning(request, said % {"number": locales.number(unasked)})
        return common.done(request, _("The letters are prepared."), batch_address(made[0]))
    return page(
        request, "begin", edition,
        form=form, cancel=back, title=_("New letters: %(kind)s") % {"kind": LetterKind(kind).label},
    )  # fmt: skip


# --- One batch ------------------------------------------------------------------------------------
@require_safe
@common.of_edition()
def batch(request: Request, edition: Edition, batch_id: UUID) -> HttpResponseBase:
    """One batch: its letters, where it stands, what comes next."""
    found = found_batch(edition, batch_id)
    try:
        content = actions.content_now(found)
    except RefusedError as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("cohorts:letters", args=[edition.slug]))
    rows = queries.rows(found, queries.whole(found.letters.all()), content)
    form = LetterFilters(request.GET)
    form.is_valid()
    wanted = form.cleaned_data.get("state")
    shown = [row for row in rows if not wanted or row.state == wanted]
    job = _job_at_work(found)
    approval = approvals.latest(found)
    numbers = queries.numbers(rows)
    return page(
        request, "batch", edition,
        batch=found, form=form, rows=page_of(request, shown), numbers=numbers, total=len(rows),
        fallbacks=queries.fallbacks(rows),
        without_passport=sum(row.lacks_passport and row.state != "sent" for row in rows),
        approval=approval,
        changed=found.state == "draft"
        and approval is not None
        and approval.state == "approved"
        and not actions.approved_as_it_is(found),
        job=job,
        unmade=queries.unmade(found).count() if found.state == "issued" else 0,
        unsent=len(posting.unsent(found)),
        may_open=rules.handle_letters.can(request.who, found),
        is_open=found.state == "draft" and not queries.is_with_director(found),
    )  # fmt: skip


def _job_at_work(batch: LetterBatch) -> Job | None:
    """The job that makes or sends these letters now, if there is one."""
    kinds = (issuing.JOB, posting.JOB)
    open_states = (Job.State.WAITING, Job.State.RUNNING)
    found = Job.objects.filter(kind__in=kinds, state__in=open_states)
    return found.filter(arguments__batch=str(batch.pk)).first()


@form_page
@common.of_edition(changes=True)
def put_up(request: Request, edition: Edition, batch_id: UUID) -> HttpResponseBase:
    """Hand a batch to a director."""
    found = found_batch(edition, batch_id)
    form = DirectorForm(other_directors(request, edition), request.POST or None)
    return common.edit(
        request,
        form,
        lambda: actions.put_up(found, director=form.chosen, actor=request.who),
        said=_("The director has the letters now."),
        back=batch_address(found),
        title=_("Have the letters approved"),
        submit=_("Hand them to the director"),
        edition=edition,
        lead=_("The director reads the wording in each language, and to whom the letters go."),
    )


@require_POST
@common.of_edition(changes=True)
def issue(request: Request, edition: Edition, batch_id: UUID) -> HttpResponseBase:
    """Issue what a director approved, or make what is still missing of it."""
    found = found_batch(edition, batch_id)
    act = issuing.issue if found.state == LetterBatch.State.DRAFT else issuing.go_on
    jobs: list[Job] = []
    if common.tried(request, lambda: jobs.append(act(found, actor=request.who))):
        return HttpResponseRedirect(jobs[0].get_absolute_url())
    return HttpResponseRedirect(batch_address(found))


@form_page
@common.of_edition(changes=True)
def send(request: Request, edition: Edition, batch_id: UUID) -> HttpResponseBase:
    """Ask, then send every letter that is issued and not sent."""
    found = found_batch(edition, batch_id)
    if request.method == "POST":
        jobs: list[Job] = []
        if common.tried(request, lambda: jobs.append(posting.start(found, actor=request.who))):
            return HttpResponseRedirect(jobs[0].get_absolute_url())
        return HttpResponseRedirect(batch_address(found))
    number = len(posting.unsent(found))
    title = ngettext("Send %(number)s letter by mail?", "Send %(number)s letters by mail?", number)
    consequences = [_("Each goes to its addressee with the PDF attached.")]
    if found.kind in letter_wordings.TO_MINISTRIES:
        consequences = [
            _("Each goes to the focal point of its country with the PDF attached."),
            _("Each is entered in the register of correspondence."),
        ]
    return common.confirm(
        request,
        title=title % {"number": locales.number(number)},
        submit=_("Send them"),
        back=batch_address(found),
        consequences=consequences,
    )


@form_page
@common.of_edition(changes=True)
def cancel(request: Request, edition: Edition, batch_id: UUID) -> HttpResponseBase:
    """Give a batch up before it is issued."""
    found = found_batch(edition, batch_id)
    return common.remove(
        request,
        lambda: actions.cancel(found, actor=request.who),
        said=_("The letters are cancelled."),
        back=batch_address(found),
        title=_("Cancel these letters?"),
        submit=_("Cancel the letters"),
        consequences=[_("None of them is written. They stay in the history.")],
    )


# --- To take away ---------------------------------------------------------------------------------
@require_safe
@common.of_edition()
def archive(request: Request, edition: Edition, batch_id: UUID) -> HttpResponseBase:
    """Every letter of a batch in a ZIP, each by its reference."""
    found = found_batch(edition, batch_id)
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as packed:
        for letter, content in _files(request, found):
            packed.writestr(letter.file.name, content)
    response = HttpResponse(made.getvalue(), content_type="application/zip")
    name = f"{edition.slug}-letters-{found.number}.zip"
    response["Content-Disposition"] = str(
        content_disposition_header(as_attachment=True, filename=name)
    )
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@common.of_edition()
def to_print(request: Request, edition: Edition, batch_id: UUID) -> HttpResponseBase:
    """Every letter of a batch in one PDF, each beginning on a new sheet."""
    found = found_batch(edition, batch_id)
    contents = [content for _letter, content in _files(request, found)]
    try:
        pdf: bytes = limits.run_limited(
            merged, args=(contents,), seconds=MERGING.total_seconds(), megabytes=MEGABYTES
        )
    except (limits.LimitExceededError, limits.ProcessFailedError) as failed:
        messages.error(request, str(failed))
        return HttpResponseRedirect(batch_address(found))
    return tables.download(pdf, f"{edition.slug}-letters-{found.number}.pdf")


def _files(request: Request, batch: LetterBatch) -> Iterator[tuple[Letter, bytes]]:
    """The letters that hold and have a file, with its content; whoever takes them is noted."""
    if not rules.handle_letters.can(request.who, batch):
        raise Http404
    letters = list(
        batch.letters.filter(file__isnull=False, document__state="valid")
        .select_related("file__subject", "document", "person")
        .order_by("document__reference")
    )
    if not letters:
        raise Http404
    audit.record(request.who, "letters.taken", batch)
    if batch.kind == LetterKind.VISA:
        for letter in letters:
            audit.record(request.who, "passport.seen", letter.person, scope=batch.edition_id)
    for letter in letters:
        try:
            yield letter, files.content(letter.file)
        except FileNotFoundError:
            # Erased while this page was made.
            continue
