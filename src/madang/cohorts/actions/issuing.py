"""Issuing letters: each gets its number, its code and its file, once, whatever happens meanwhile.

A number and a code are given in one short transaction, then a few letters are typeset in a process
of their own, then their files are stored. A job that dies in between is started again: letters that
have a number keep it, and those that have a file are left alone.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.cohorts import letter_papers, rules
from madang.cohorts.actions import letters as batches
from madang.cohorts.actions.letterheads import letterhead
from madang.cohorts.letter_papers import Sheet, Writer
from madang.cohorts.models import Letter, LetterBatch, LetterKind, Passport
from madang.cohorts.queries import letters as queries
from madang.core import approvals, clock, files, jobs, limits, locales
from madang.core.jobs import Outcome, Progress
from madang.core.models import Job
from madang.core.policies import Who
from madang.documents import verification
from madang.documents.models import IssuedDocument
from madang.documents.numbering import next_reference
from madang.people.actions.refusal import RefusedError
from madang.people.models import Account

JOB = "cohorts.issue_letters"
# So many are typeset by one process: its start takes longer than a letter.
AT_ONCE = 25
CODES = {
    LetterKind.INVITATION: "INV",
    LetterKind.MINISTRY: "MIN",
    LetterKind.VISA: "VISA",
    LetterKind.REGRET: "REG",
}


def kind_of_document(kind: str) -> str:
    """The kind under which `documents.verification` knows letters of a kind."""
    return f"letter.{kind}"


@transaction.atomic
def issue(batch: LetterBatch, *, actor: Who) -> Job:
    """Issue the letters of a batch that a director approved, in the background.

    Raises `RefusedError` where something changed since, or where letters hold passport data and
    `actor` may not see these; `TransitionRefusedError` without approval.
    """
    stored = _hold(batch)
    _require_passports_allowed(stored, actor)
    is_approved = approvals.approved(stored) is not None
    if is_approved and not batches.approved_as_it_is(stored):
        raise RefusedError(
            _("Something has changed since the director approved: put the letters up again.")
        )
    batch.issue(actor=actor, fields={"issued_at": clock.now()}, number=stored.letters.count())
    return _start(batch, actor)


@transaction.atomic
def go_on(batch: LetterBatch, *, actor: Who) -> Job:
    """Make what is missing of an issued batch. Raises `RefusedError` where nothing is."""
    stored = _hold(batch)
    _require_passports_allowed(stored, actor)
    if stored.state != LetterBatch.State.ISSUED or not queries.unmade(stored).exists():
        raise RefusedError(_("There is no letter to make."))
    return _start(stored, actor)


@transaction.atomic
def issue_again(letter: Letter, *, actor: Who) -> Job:
    """Revoke a letter and issue it anew, with today's date, the names of today and a new number."""
    stored = _hold(letter.batch)
    _require_passports_allowed(stored, actor)
    row = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if row.document is None:
        raise RefusedError(_("This letter is not issued yet."))
    if row.document.state == IssuedDocument.State.VALID:
        verification.revoke(row.document, actor=actor)
    row.document, row.file, row.sent_at = None, None, None
    row.save(update_fields=["document", "file", "sent_at"])
    return _start(stored, actor)


@transaction.atomic
def revoke(letter: Letter, *, actor: Who) -> None:
    """A letter holds no longer; whoever verifies it learns so."""
    row = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if row.document is None:
        raise RefusedError(_("This letter is not issued yet."))
    verification.revoke(row.document, actor=actor)


def _hold(batch: LetterBatch) -> LetterBatch:
    found: LetterBatch = (
        LetterBatch.objects.select_for_update(of=("self",))
        .select_related("edition")
        .get(pk=batch.pk)
    )
    return found


def _require_passports_allowed(batch: LetterBatch, actor: Who) -> None:
    if not rules.handle_letters.can(actor, batch):
        raise RefusedError(
            _("Letters to embassies hold passport data: only those who handle these issue them.")
        )


def _start(batch: LetterBatch, actor: Who) -> Job:
    return jobs.start(
        JOB,
        actor=actor,
        title=_("Letters: batch %(number)s") % {"number": locales.number(batch.number)},
        arguments={"batch": str(batch.pk), "officer": str(actor.audit_id)},
    )


# --- In the worker --------------------------------------------------------------------------------
def issue_letters(progress: Progress, *, batch: str, officer: str) -> Outcome:
    """Make every letter of the batch that is not made."""
    chosen = LetterBatch.objects.select_related("edition__country").get(pk=UUID(batch))
    actor = Account.objects.get(pk=UUID(officer))
    keys = list(queries.unmade(chosen).values_list("pk", flat=True))
    made, why_not = 0, ""
    for start in range(0, len(keys), AT_ONCE):
        done, refused = _make(chosen, keys[start : start + AT_ONCE], actor)
        made, why_not = made + done, why_not or refused
        progress.report(min(start + AT_ONCE, len(keys)), len(keys))
    said = ngettext("%(number)s letter is issued.", "%(number)s letters are issued.", made)
    said %= {"number": locales.number(made)}
    missed = len(keys) - made
    if missed:
        more = ngettext(
            "%(number)s could not be: %(why)s", "%(number)s could not be: %(why)s", missed
        )
        said += " " + more % {"number": locales.number(missed), "why": why_not}
    url = reverse("cohorts:batch", args=[chosen.edition.slug, chosen.pk])
    return Outcome(said, url, _("The letters"))


def _make(batch: LetterBatch, keys: Sequence[UUID], actor: Account) -> tuple[int, str]:
    """Make some letters; how many, and why another could not be made."""
    content = approvals.approved_content(batch)
    approval = approvals.approved(batch)
    head = letterhead(batch.edition)
    if not isinstance(content, dict) or approval is None or head is None:
        return 0, _("no director has approved them.")
    letters = list(queries.whole(Letter.objects.filter(pk__in=keys)).order_by("created_at", "pk"))
    letter_papers.prefetch(batch.edition, letters)
    about = queries.spoken_of(batch, content, letters)
    passports = _passports(batch, letters)
    ready, why_not = [], ""
    for letter in letters:
        refusal = _refusal(batch, letter, passports)
        if refusal:
            why_not = why_not or refusal
        elif _number(batch, letter, content["letterhead"]["prefix"], actor):
            language = letter_papers.language_of(content, letter)
            ready.append(
                Sheet(letter, language, about.get(letter.pk, ()), passports.get(letter.person_id))
            )
    writer = Writer(
        edition=batch.edition,
        content=content,
        day=clock.today(batch.edition.zone),
        approved_on=approval.approved_at.astimezone(batch.edition.zone).date(),
        pictures=letter_papers.pictures(head),
    )
    made = 0
    for sheet, pdf in _typeset(writer, ready):
        if isinstance(pdf, str):
            why_not = why_not or _("a name in it has letters for which there is no font here.")
        elif _keep(sheet, pdf, actor):
            made += 1
    return made, why_not


def _typeset(writer: Writer, sheets: Sequence[Sheet]) -> Iterator[tuple[Sheet, bytes | str]]:
    if not sheets:
        return iter(())
    try:
        return zip(sheets, letter_papers.typeset(writer, sheets), strict=True)
    except (limits.LimitExceededError, limits.ProcessFailedError) as failed:
        raise jobs.JobError(str(failed)) from failed


def _passports(batch: LetterBatch, letters: Sequence[Letter]) -> dict[UUID | None, Passport]:
    if batch.kind != LetterKind.VISA:
        return {}
    people = [letter.person_id for letter in letters]
    found = Passport.objects.filter(person__in=people)
    return {passport.person_id: passport for passport in found}


def _refusal(batch: LetterBatch, letter: Letter, passports: dict[UUID | None, Passport]) -> str:
    """Why a letter can't be made now; empty where it can."""
    if letter.person is not None and letter.person.erased_at is not None:
        return _("the data of a person were erased.")
    if batch.kind == LetterKind.VISA and letter.person_id not in passports:
        return _("somebody has not given their passport data.")
    return ""


@transaction.atomic
def _number(batch: LetterBatch, letter: Letter, prefix: str, actor: Account) -> bool:
    """Give a letter its number and code, unless it has them; False where its file is made."""
    stored = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if stored.file_id is not None:
        return False
    if stored.document is None:
        stored.document = verification.issue(
            stored,
            kind_of_document(batch.kind),
            next_reference(f"{prefix}/{CODES[LetterKind(batch.kind)]}"),
            scope_id=batch.edition_id,
            issued_on=clock.today(batch.edition.zone),
            actor=actor,
        )
        stored.save(update_fields=["document"])
    letter.document = stored.document
    return True


@transaction.atomic
def _keep(sheet: Sheet, pdf: bytes, actor: Account) -> bool:
    """Store the file of a letter under the key of whom it speaks of, unless it has one.

    A letter to an embassy is under the key of the passport data, and goes with these.
    """
    stored = (
        Letter.objects.select_for_update(of=("self",))
        .select_related("document", "subject")
        .get(pk=sheet.letter.pk)
    )
    if stored.file_id is not None or stored.document_id != sheet.letter.document_id:
        return False
    subject = stored.subject
    if sheet.passport is not None:
        # It may have been removed while the letter was typeset.
        passports = Passport.objects.select_for_update(of=("self",))
        passport = passports.filter(pk=sheet.passport.pk).first()
        if passport is None:
            return False
        subject = passport.subject
    if subject.is_destroyed:
        return False
    name = stored.document.reference.replace("/", "-")
    stored.file = files.store(pdf, owner=stored, actor=actor, name=name, subject=subject)
    verification.seal(stored.document, pdf)
    stored.save(update_fields=["file"])
    return True
