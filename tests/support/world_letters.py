"""The letters of the world: one that is being prepared, one that was issued, one to an embassy.

Issued ones were not typeset: their files are empty pages.
"""

from typing import Any

from madang.cohorts.actions import issuing, letterheads, letters
from madang.cohorts.models import Letter, LetterBatch, LetterKind
from madang.core import approvals, clock, files
from madang.documents import verification
from madang.people.models import Account, Person
from tests.cohorts.factories import make_letterhead, make_passport
from tests.support.papers import page_of


def add_letters(half: Any, text: str, officer: Account, director: Account, person: Person) -> None:
    """Letters to `person`, who takes part and has given passport data."""
    edition = half.edition
    head = make_letterhead(
        edition, sender=text, address=text, signatory=text[:120], signatory_position=text,
        prefix=edition.slug,
    )  # fmt: skip
    # Braces are for placeholders.
    wording = {
        "subject_line": "About {workshop}",
        "body": text.replace("{{ hostile }}", "{remark}"),
    }
    for kind in (LetterKind.INVITATION, LetterKind.VISA):
        letterheads.set_wording(
            edition, kind, wording | {"language": "en"}, expected_version=None, actor=officer
        )
    passport = make_passport(person, edition, name=text[:100], number=text[:30], born_in=text[:90])
    issued = _issued(half, LetterKind.INVITATION, text, officer, director)
    visa = _issued(half, LetterKind.VISA, text, officer, director)
    draft = letters.begin(edition, LetterKind.INVITATION, "accepted", again=True, actor=officer)
    half.things |= {
        "letterhead": head,
        "nominee": person,
        "passport": passport,
        "batch": draft,
        "letter": draft.letters.get(),
        "issued_batch": issued,
        "issued_letter": issued.letters.get(),
        "issued_file": issued.letters.get().file,
        "visa_letter": visa.letters.get(),
        "visa_file": visa.letters.get().file,
    }


def _issued(half: Any, kind: str, text: str, officer: Account, director: Account) -> LetterBatch:
    """A batch as it is once the worker has made its letters."""
    batch = letters.begin(half.edition, kind, "accepted", actor=officer)
    letter: Letter = batch.letters.get()
    letters.set_remark(letter, text, "en", expected_version=letter.version, actor=officer)
    approval = letters.put_up(batch, director=director, actor=officer)
    approvals.approve(approval, actor=director, seen=approval.digest)
    batch.issue(actor=officer, fields={"issued_at": clock.now()}, number=1)
    letter.refresh_from_db()
    letter.document = verification.issue(
        letter, issuing.kind_of_document(kind), f"{half.edition.slug}/{kind}/1",
        scope_id=half.edition.pk, actor=officer,
    )  # fmt: skip
    letter.file = files.store(
        page_of(), owner=letter, actor=officer, name=f"{kind}.pdf", subject=letter.subject
    )
    letter.save()
    return batch
