"""Batches of letters: put together, approved by a director, cancelled."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from madang.cohorts.actions.letterheads import letterhead
from madang.cohorts.models import Letter, LetterBatch, Letterhead, LetterTemplate
from madang.cohorts.queries import letters as queries
from madang.core import approvals, audit, files, vault
from madang.core.models import Approval, SubjectKey
from madang.core.policies import Who
from madang.documents.models import IssuedDocument
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Edition


@transaction.atomic
def begin(
    edition: Edition, kind: str, recipients: str, *, again: bool = False, actor: audit.Actor
) -> LetterBatch:
    """A batch of letters of one kind, one to each recipient.

    Who has such a letter already is left out, unless `again`. Raises `RefusedError` without a
    letterhead or a wording, and where nobody is left.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    _require_ready(edition, kind)
    found = queries.addressees(edition, kind, recipients)
    if not again:
        served = _served(edition, kind)
        found = [one for one in found if one.key not in served]
    if not found:
        raise RefusedError(
            _("There is nobody to write to: they all have such a letter, or none is due one."),
            "recipients",
        )
    last = edition.letter_batches.aggregate(last=Max("number"))["last"] or 0
    batch = LetterBatch(edition=edition, kind=kind, number=last + 1)
    batch.save(force_insert=True)
    Letter.objects.bulk_create(_letter(batch, one) for one in found)
    audit.record(actor, "letters.added", batch, number=len(found))
    return batch


def _letter(batch: LetterBatch, to: queries.Addressee) -> Letter:
    return Letter(
        batch=batch,
        subject=to.person.subject if to.person is not None else SubjectKey.create(),
        language=to.language,
        person=to.person,
        nomination=to.nomination,
        participation=to.participation,
        invitation=to.invitation,
        version=1,
    )


def _require_ready(edition: Edition, kind: str) -> tuple[Letterhead, LetterTemplate]:
    head = letterhead(edition)
    if head is None:
        raise RefusedError(_("Set the letterhead first."))
    template = LetterTemplate.objects.filter(edition=edition, kind=kind).first()
    if template is None:
        raise RefusedError(_("Write the wording of these letters first."))
    return head, template


def _served(edition: Edition, kind: str) -> set[tuple[Any, Any]]:
    """Who has a letter of this kind that holds, or is about to get one."""
    letters = Letter.objects.filter(batch__edition=edition, batch__kind=kind)
    letters = letters.exclude(batch__state=LetterBatch.State.CANCELLED)
    letters = letters.exclude(document__state=IssuedDocument.State.REVOKED)
    return set(letters.values_list("person_id", "invitation_id"))


# --- Before approval ------------------------------------------------------------------------------
@transaction.atomic
def take_out(letter: Letter, *, actor: audit.Actor) -> None:
    """Write no letter to somebody after all. Raises `RefusedError` once it is with the director."""
    batch = _hold_open(letter)
    key = letter.subject if letter.person_id is None else None
    letter.delete()
    if key is not None:
        key.destroy()
    audit.record(actor, "letters.changed", batch)


@transaction.atomic
def set_remark(
    letter: Letter, remark: str, language: str, *, expected_version: int, actor: audit.Actor
) -> None:
    """Say something in one letter that is in no other, and choose its language.

    Raises `RefusedError` once it is with the director, `StaleRecordError` where somebody else
    changed it.
    """
    batch = _hold_open(letter)
    stored = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    stored.remark = remark.strip()
    stored.language = language
    stored.save(expected_version=expected_version)
    audit.record(actor, "letters.changed", batch)


def _hold_open(letter: Letter) -> LetterBatch:
    batch = LetterBatch.objects.select_for_update().get(pk=letter.batch_id)
    if batch.state != LetterBatch.State.DRAFT:
        raise RefusedError(_("These letters are issued or cancelled."))
    if queries.is_with_director(batch):
        raise RefusedError(_("These letters are with the director: take them back first."))
    return batch


# --- Approval -------------------------------------------------------------------------------------
def content(batch: LetterBatch) -> dict[str, Any]:
    """What a director approves: letterhead and wording in every language, and to whom.

    Recipients stand here by the ids of their letters, nominees by number, a remark by a keyed
    fingerprint: an approval is kept for ever, and holds nothing personal.
    """
    head, template = _require_ready(batch.edition, batch.kind)
    about = queries.about(batch.edition, batch.kind)
    letters = batch.letters.select_related("subject", "invitation").order_by("pk")
    return {
        "kind": batch.kind,
        "letterhead": {
            "language": head.language,
            **{name: head.all_wordings(name) for name in Letterhead.TRANSLATED},
            "contact": head.contact,
            "prefix": head.prefix,
            "pictures": sorted(
                [file.name.rpartition(".")[0], file.digest] for file in files.of(head)
            ),
        },
        "wording": {
            "language": template.language,
            **{name: template.all_wordings(name) for name in LetterTemplate.TRANSLATED},
        },
        "letters": [
            {
                "letter": str(letter.pk),
                "language": letter.language,
                "remark": vault.blind_index("remark of a letter", f"{letter.pk}:{letter.remark}")
                if letter.remark
                else "",
                "about": [
                    list(pair)
                    for pair in (
                        about.get(letter.invitation.country_id, []) if letter.invitation else []
                    )
                ],
            }
            for letter in letters
        ],
    }


@transaction.atomic
def put_up(batch: LetterBatch, *, director: Who, actor: Who) -> Approval:
    """Hand a batch to a director, fixed as it is now; what came back is put up anew.

    Raises `RefusedError` for an empty one.
    """
    stored = LetterBatch.objects.select_for_update().get(pk=batch.pk)
    if stored.state != LetterBatch.State.DRAFT:
        raise RefusedError(_("These letters are issued or cancelled."))
    if not stored.letters.exists():
        raise RefusedError(_("There is no letter in it."))
    for sent_back in approvals.of(stored).filter(state=Approval.State.DRAFT):
        approvals.withdraw(sent_back, actor=actor)
    approval = approvals.start(stored, actor=actor, director=director)
    approvals.clear(approval, actor=actor)
    return approval


def approved_as_it_is(batch: LetterBatch) -> bool:
    """Whether a director approved the batch just as it is now."""
    approval = approvals.approved(batch)
    if approval is None:
        return False
    return approvals.digest(approvals.canonical(content(batch))) == approval.digest


@transaction.atomic
def cancel(batch: LetterBatch, *, actor: Who) -> None:
    """Give a batch up before it is issued."""
    batch.cancel(actor=actor)
    for approval in approvals.of(batch).filter(
        state__in=(Approval.State.DRAFT, Approval.State.CLEARED)
    ):
        approvals.withdraw(approval, actor=actor)


def content_now(batch: LetterBatch) -> dict[str, Any]:
    """What the batch says: as it was approved once it is issued, else as it stands now."""
    if batch.state == LetterBatch.State.ISSUED:
        frozen = approvals.approved_content(batch)
        if isinstance(frozen, dict):
            return frozen
    return content(batch)


def sample_content(edition: Edition, kind: str) -> dict[str, Any]:
    """The content of a batch without letters, for a look at how letters will be.

    Raises `RefusedError` without a letterhead or a wording.
    """
    _require_ready(edition, kind)
    return content(LetterBatch(edition=edition, kind=kind))
