"""Sending letters: by mail with the PDF, or on paper, recorded by hand."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.cohorts import letter_papers, letter_wordings, rules
from madang.cohorts.models import Letter, LetterBatch, LetterKind
from madang.cohorts.queries import letters as queries
from madang.core import approvals, audit, clock, jobs, languages, locales, outbox
from madang.core.jobs import Outcome, Progress
from madang.core.models import Job, Message
from madang.core.policies import Who
from madang.documents import verification
from madang.nominations.actions import register
from madang.nominations.models import Correspondence
from madang.people.actions.refusal import RefusedError
from madang.people.models import Account, Person

JOB = "cohorts.send_letters"
# As what a letter to a government stands in the register of correspondence.
_IN_REGISTER = {
    LetterKind.MINISTRY: Correspondence.Kind.OFFER,
    LetterKind.REGRET: Correspondence.Kind.OTHER,
}


def start(batch: LetterBatch, *, actor: Who) -> Job:
    """Let the worker send every letter of a batch that is issued and not sent.

    Raises `RefusedError` where there is none.
    """
    _require_passports_allowed(batch, actor)
    if not unsent(batch):
        raise RefusedError(_("There is no letter to send."))
    return jobs.start(
        JOB,
        actor=actor,
        title=_("Letters by mail: batch %(number)s") % {"number": locales.number(batch.number)},
        arguments={"batch": str(batch.pk), "officer": str(actor.audit_id)},
    )


def unsent(batch: LetterBatch) -> list[UUID]:
    """Letters with a file that holds and did not leave."""
    found = batch.letters.filter(file__isnull=False, sent_at=None, document__state="valid")
    return list(found.order_by("created_at", "pk").values_list("pk", flat=True))


def addressed_to(letter: Letter) -> Person | None:
    """To whom the mail with a letter goes: the person, or the ministry's focal point."""
    person: Person | None = letter.person
    if person is None and letter.invitation is not None:
        person = letter.invitation.focal_point
    return person if person is not None and person.email else None


def send_letters(progress: Progress, *, batch: str, officer: str) -> Outcome:
    """Send what is issued and not sent; who can't be written to is counted."""
    chosen = LetterBatch.objects.select_related("edition").get(pk=UUID(batch))
    actor = Account.objects.get(pk=UUID(officer))
    keys = unsent(chosen)
    sent = 0
    for done, key in enumerate(keys, start=1):
        sent += send(key, actor=actor)
        progress.report(done, len(keys))
    said = ngettext("%(number)s letter is sent.", "%(number)s letters are sent.", sent)
    said %= {"number": locales.number(sent)}
    missed = len(keys) - sent
    if missed:
        more = ngettext(
            "%(number)s has no e-mail address: print it.",
            "%(number)s have no e-mail address: print them.",
            missed,
        )
        said += " " + more % {"number": locales.number(missed)}
    url = reverse("cohorts:batch", args=[chosen.edition.slug, chosen.pk])
    return Outcome(said, url, _("The letters"))


@transaction.atomic
def send(letter_id: UUID, *, actor: Who) -> bool:
    """Send one letter by mail, once; False where it can't be, or left already."""
    letter = _hold(letter_id)
    person = addressed_to(letter)
    if letter.file is None or letter.sent_at is not None or person is None:
        return False
    content = approvals.approved_content(letter.batch)
    language = letter_papers.language_of(content, letter) if isinstance(content, dict) else ""
    message = outbox.post(
        key=f"letter:{letter.pk}:{letter.document_id}",
        to=person,
        template="cohorts/mails/letter",
        context={
            "edition": letter.batch.edition,
            "person": person,
            "reference": letter.document.reference,
            "kind": letter.batch.get_kind_display(),
            "address": verification.address(letter.document),
            "code": verification.code(letter.document),
        },
        language=_of_interface(language or person.language),
        attachments=[letter.file],
        actor=actor,
        about=letter,
    )
    _note_sent(letter, actor, Correspondence.Channel.EMAIL, message)
    return True


@transaction.atomic
def record_posted(letter: Letter, *, actor: Who) -> None:
    """Record that a letter left on paper. Raises `RefusedError` where it can't have."""
    stored = _hold(letter.pk)
    if stored.file is None:
        raise RefusedError(_("This letter is not issued yet."))
    if stored.sent_at is not None:
        raise RefusedError(_("This letter left already."))
    _note_sent(stored, actor, Correspondence.Channel.LETTER, None)


def _hold(letter_id: UUID) -> Letter:
    letters = Letter.objects.select_for_update(of=("self",))
    found: Letter = queries.whole(letters).get(pk=letter_id)
    return found


def _note_sent(letter: Letter, actor: Who, channel: str, message: Message | None) -> None:
    letter.sent_at = clock.now()
    letter.save(update_fields=["sent_at"])
    audit.record(actor, "letter.sent", letter, channel=channel)
    if letter.invitation is not None:
        kind = _IN_REGISTER[LetterKind(letter.batch.kind)]
        register.enter_sent(
            letter.batch.edition, letter.invitation.country, kind,
            key=f"letter:{letter.pk}:{letter.document_id}", message=message, channel=channel,
            reference=letter.document.reference, actor=actor,
        )  # fmt: skip


def _of_interface(language: str) -> str:
    """A language that the mail around a letter can be in."""
    base = languages.base(language)
    return base if base in dict(settings.LANGUAGES) else letter_wordings.OURS[0]


def _require_passports_allowed(batch: LetterBatch, actor: Who) -> None:
    if not rules.handle_letters.can(actor, batch):
        raise RefusedError(
            _("Letters to embassies hold passport data: only those who handle these send them.")
        )
