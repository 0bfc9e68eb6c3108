"""One letter: a word of its own before approval; its file, its mail, its verification after."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.cohorts import letter_papers, rules
from madang.cohorts.actions import issuing, letterheads, passports, posting
from madang.cohorts.actions import letters as actions
from madang.cohorts.forms.letters import RemarkForm
from madang.cohorts.letter_papers import Sheet, Writer
from madang.cohorts.models import Letter, LetterBatch, LetterKind
from madang.cohorts.queries import letters as queries
from madang.cohorts.views.letterheads import preview as preview_of
from madang.cohorts.views.letters import batch_address, found_batch, page
from madang.core import audit, clock, files, outbox
from madang.core.models import Job
from madang.core.requests import Request, form_page
from madang.documents import tables, verification
from madang.documents.typesetting import TypesettingError
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


def _found(edition: Edition, batch_id: UUID, letter_id: UUID) -> tuple[LetterBatch, Letter]:
    batch = found_batch(edition, batch_id)
    letter = common.found(queries.whole(batch.letters.all()), letter_id)
    letter.batch = batch
    return batch, letter


def _address(letter: Letter) -> str:
    return reverse("cohorts:letter", args=[letter.batch.edition.slug, letter.batch_id, letter.pk])


@require_safe
@common.of_edition()
def letter(request: Request, edition: Edition, batch_id: UUID, letter_id: UUID) -> HttpResponseBase:
    """Where one letter stands, and what can be done with it."""
    batch, found = _found(edition, batch_id, letter_id)
    (row,) = queries.rows(batch, [found], actions.content_now(batch))
    document = found.document
    return page(
        request, "letter", edition,
        batch=batch, letter=found, row=row,
        document=document,
        code=verification.code(document) if document is not None else "",
        address=verification.address(document) if document is not None else "",
        earlier=[
            each for each in verification.of(found) if document is None or each.pk != document.pk
        ],
        may_open=rules.handle_letters.can(request.who, batch),
        is_open=batch.state == LetterBatch.State.DRAFT and not queries.is_with_director(batch),
        addressee=posting.addressed_to(found),
        mails=outbox.about(found),
        history=audit.trail(request.who, thing=found),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def remark(request: Request, edition: Edition, batch_id: UUID, letter_id: UUID) -> HttpResponseBase:
    """A word for one letter alone, and its language."""
    _batch, found = _found(edition, batch_id, letter_id)
    form = RemarkForm(request.POST or None, instance=found, initial={"remark": found.remark})
    return common.edit(
        request,
        form,
        lambda: actions.set_remark(
            found,
            form.cleaned_data["remark"],
            form.cleaned_data["language"],
            expected_version=form.expected_version,
            actor=request.who,
        ),
        said=_("The letter is changed."),
        back=_address(found),
        title=_("The letter to %(addressee)s") % {"addressee": queries.addressee_of(found)},
        submit=_("Save"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def take_out(
    request: Request, edition: Edition, batch_id: UUID, letter_id: UUID
) -> HttpResponseBase:
    """Write no letter to somebody after all."""
    batch, found = _found(edition, batch_id, letter_id)
    title = _("Write no letter to %(addressee)s?") % {"addressee": queries.addressee_of(found)}
    if request.method == "POST":
        if common.tried(request, lambda: actions.take_out(found, actor=request.who)):
            return common.done(request, _("The letter is taken out."), batch_address(batch))
        return HttpResponseRedirect(_address(found))
    return common.confirm(request, title=title, submit=_("Take it out"), back=_address(found))


# --- To look at -----------------------------------------------------------------------------------
@require_safe
@common.of_edition()
def preview(
    request: Request, edition: Edition, batch_id: UUID, letter_id: UUID
) -> HttpResponseBase:
    """How the letter will look, as a PDF: without number and signature, and marked as a draft.

    Passport data are not in it: they are put in when the letter is issued.
    """
    batch, found = _found(edition, batch_id, letter_id)
    content = actions.content_now(batch)
    head = letterheads.letterhead(edition)
    letter_papers.prefetch(edition, [found])
    writer = Writer(
        edition=edition,
        content=content,
        day=clock.today(edition.zone),
        pictures=letter_papers.pictures(head) if head is not None else {},
        is_draft=True,
    )
    about = queries.spoken_of(batch, content, [found]).get(found.pk, ())
    found.document = None
    sheet = Sheet(found, letter_papers.language_of(content, found), about)
    try:
        return preview_of(writer, sheet, f"{edition.slug}-letter.pdf")
    except (RefusedError, TypesettingError) as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(_address(found))


@require_safe
@common.of_edition()
def file(request: Request, edition: Edition, batch_id: UUID, letter_id: UUID) -> HttpResponseBase:
    """The letter as it was issued. One to an embassy is opened by few, with a trace."""
    batch, found = _found(edition, batch_id, letter_id)
    if found.file is None or not rules.handle_letters.can(request.who, batch):
        raise Http404
    if batch.kind == LetterKind.VISA:
        passports.look(found.person, edition, actor=request.who)
    try:
        return tables.download(files.content(found.file), found.file.name)
    except FileNotFoundError:
        raise Http404 from None


# --- After it was issued --------------------------------------------------------------------------
@form_page
@common.of_edition(changes=True)
def revoke(request: Request, edition: Edition, batch_id: UUID, letter_id: UUID) -> HttpResponseBase:
    """A letter holds no longer."""
    _batch, found = _found(edition, batch_id, letter_id)
    return common.remove(
        request,
        lambda: issuing.revoke(found, actor=request.who),
        said=_("The letter is revoked: whoever verifies it learns so."),
        back=_address(found),
        title=_("Revoke this letter?"),
        submit=_("Revoke it"),
        consequences=[_("Whoever verifies it is told that it holds no longer.")],
    )


@form_page
@common.of_edition(changes=True)
def again(request: Request, edition: Edition, batch_id: UUID, letter_id: UUID) -> HttpResponseBase:
    """Revoke a letter and issue it anew."""
    _batch, found = _found(edition, batch_id, letter_id)
    if request.method == "POST":
        jobs: list[Job] = []
        if common.tried(
            request, lambda: jobs.append(issuing.issue_again(found, actor=request.who))
        ):
            return HttpResponseRedirect(jobs[0].get_absolute_url())
        return HttpResponseRedirect(_address(found))
    return common.confirm(
        request,
        title=_("Issue this letter again?"),
        submit=_("Revoke it and issue it again"),
        back=_address(found),
        consequences=[
            _("The letter that was issued is revoked."),
            _("The new one has the approved wording, the names as they are now, and a new number."),
        ],
    )


@require_POST
@common.of_edition(changes=True)
def posted(request: Request, edition: Edition, batch_id: UUID, letter_id: UUID) -> HttpResponseBase:
    """Record that a letter left on paper."""
    _batch, found = _found(edition, batch_id, letter_id)
    if common.tried(request, lambda: posting.record_posted(found, actor=request.who)):
        messages.success(request, _("It is recorded that the letter left on paper."))
    return HttpResponseRedirect(_address(found))
