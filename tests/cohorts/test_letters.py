"""Letters: put together, approved by a director, issued once each, sent, revoked, issued again."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from madang.cohorts.actions import issuing, letterheads, letters, posting
from madang.cohorts.models import Letter, LetterBatch, LetterKind
from madang.cohorts.queries import letters as queries
from madang.core import approvals, files, texts
from madang.core.models import AuditEntry, Job, Message, StoredFile
from madang.core.transitions import TransitionRefusedError
from madang.documents import verification
from madang.documents.models import IssuedDocument
from madang.nominations.models import Correspondence
from madang.people.actions.refusal import RefusedError
from tests import factories as make
from tests.cohorts.factories import make_letter_edition
from tests.nominations.factories import make_nomination
from tests.support.work import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make.make_account(roles=["secretariat"])


@pytest.fixture
def director():
    return make.make_account(roles=["director"])


def approve(batch: LetterBatch, officer, director) -> None:
    letters.put_up(batch, director=director, actor=officer)
    approval = approvals.latest(batch)
    approvals.approve(approval, actor=director, seen=approval.digest)


def issued(edition, officer, director, kind="invitation", recipients="accepted") -> LetterBatch:
    batch = letters.begin(edition, kind, recipients, actor=officer)
    approve(batch, officer, director)
    issuing.issue(batch, actor=officer)
    work()
    batch.refresh_from_db()
    return batch


def text_of(letter: Letter) -> str:
    letter.refresh_from_db()
    pages = PdfReader(BytesIO(files.content(letter.file))).pages
    return "\n".join(page.extract_text() for page in pages)


# --- Putting together -----------------------------------------------------------------------------
def test_a_batch_has_one_letter_to_each_who_accepted_in_the_language_of_their_country(officer):
    edition = make_letter_edition(4)
    batch = letters.begin(edition, "invitation", "accepted", actor=officer)
    assert sorted(batch.letters.values_list("language", flat=True)) == ["en", "en", "fa", "mn"]
    rows = queries.rows(batch, queries.whole(batch.letters.all()), letters.content(batch))
    assert sorted(row.language for row in rows) == ["en", "en", "en", "fa"]
    (fallback,) = queries.fallbacks(rows)
    assert fallback[2] == 1, "there is no wording in Mongolian, and the page says so"


def test_who_has_a_letter_already_gets_no_second_one(officer):
    edition = make_letter_edition(2)
    letters.begin(edition, "invitation", "accepted", actor=officer)
    with pytest.raises(RefusedError, match="nobody to write to"):
        letters.begin(edition, "invitation", "accepted", actor=officer)
    again = letters.begin(edition, "invitation", "accepted", again=True, actor=officer)
    assert again.letters.count() == 2


def test_resource_persons_are_invited_too(officer):
    edition = make_letter_edition(1)
    make.make_participation(edition, kind="resource_person")
    make.make_participation(edition, kind="host")
    batch = letters.begin(edition, "invitation", "everybody", actor=officer)
    assert batch.letters.count() == 2


def test_without_letterhead_or_wording_there_is_no_letter(officer):
    edition = make.make_edition()
    with pytest.raises(RefusedError, match="letterhead"):
        letters.begin(edition, "invitation", "accepted", actor=officer)


def test_a_ministry_is_told_whom_of_its_country_we_invite(officer, director):
    edition = make_letter_edition(5)
    batch = issued(edition, officer, director, "ministry", "seats")
    assert batch.letters.count() == 4
    fiji = batch.letters.get(invitation__country__alpha2="FJ")
    text = text_of(fiji)
    assert "Nominee 1" in text
    assert "Nominee 5" in text
    assert "Nominee 2" not in text


def test_regrets_hold_neutral_reasons_and_only_the_country_s_own_nominees(officer, director):
    edition = make_letter_edition(1)
    decision = edition.decisions.get()
    for alpha2, reason in (("FJ", "country_full"), ("TH", "lot")):
        nomination = make_nomination(edition, country=make.make_country(alpha2))
        decision.verdicts.create(nomination=nomination, outcome="not_chosen", reason=reason)
    batch = issued(edition, officer, director, "regret", "unseated")
    assert batch.letters.count() == 2
    text = text_of(batch.letters.get(invitation__country__alpha2="FJ")).replace("\n", " ")
    assert "Nominee 2" in text
    assert "Nominee 3" not in text
    assert "one country can have are taken" in text


# --- Wording --------------------------------------------------------------------------------------
def test_an_unknown_placeholder_is_refused_by_its_name(officer):
    edition = make.make_edition()
    values = {"language": "en", "subject_line": "Hello", "body": "Dear {nmae},"}
    with pytest.raises(RefusedError, match=r"\{nmae\}"):
        letterheads.set_wording(edition, "invitation", values, expected_version=None, actor=officer)


def test_a_passport_number_has_no_place_in_an_invitation(officer):
    edition = make.make_edition()
    values = {"language": "en", "subject_line": "Hello", "body": "{passport_number}"}
    with pytest.raises(RefusedError, match="passport_number"):
        letterheads.set_wording(edition, "invitation", values, expected_version=None, actor=officer)
    letterheads.set_wording(edition, "visa", values, expected_version=None, actor=officer)


@pytest.mark.parametrize("kind", list(LetterKind))
def test_our_own_wordings_use_known_placeholders_only(kind):
    from madang.cohorts import letter_wordings

    for language in letter_wordings.OURS:
        letter_wordings.check(kind, letter_wordings.ours(kind, language))
        words, _language = letter_wordings.words(language)
        assert set(words) == set(letter_wordings.words("en")[0])


def test_what_somebody_is_called_is_never_mark_up():
    from madang.cohorts import letter_wordings

    (block,) = letter_wordings.fill("Dear {name},", {"name": "*Mere* {country} [x](y)"})
    assert block["body"] == [{"kind": "text", "text": "Dear *Mere* {country} [x](y),"}]


def test_a_letter_without_a_word_of_its_own_has_no_gap_there():
    from madang.cohorts import letter_wordings

    text = "One.\n\n{remark}\n\nTwo."
    assert len(letter_wordings.fill(text, {"remark": ""})) == 2
    assert len(letter_wordings.fill(text, {"remark": "Bring a coat."})) == 3


# --- Approval -------------------------------------------------------------------------------------
def test_nothing_is_issued_before_a_director_approved(officer):
    edition = make_letter_edition(1)
    batch = letters.begin(edition, "invitation", "accepted", actor=officer)
    with pytest.raises(TransitionRefusedError, match="director"):
        issuing.issue(batch, actor=officer)


def test_what_is_approved_holds_the_wording_and_no_name(officer, director):
    edition = make_letter_edition(1)
    batch = letters.begin(edition, "invitation", "accepted", actor=officer)
    letter = batch.letters.get()
    letters.set_remark(
        letter, "Please bring Sina along.", "en", expected_version=letter.version, actor=officer
    )
    letters.put_up(batch, director=director, actor=officer)
    content = approvals.latest(batch).content
    assert "On behalf of the organisers" in content
    assert str(letter.pk) in content
    for personal in ("Nominee", "Sina", "example.org/nominee", str(letter.person)):
        assert personal not in content


def test_the_director_reads_wordings_and_names(officer, director):
    edition = make_letter_edition(3)
    batch = letters.begin(edition, "invitation", "accepted", actor=officer)
    shown = queries.as_it_will_stand(batch, letters.content(batch))
    for expected in ("Nominee 1", "On behalf of the organisers", "گرامی", "Han Ji-woo"):
        assert expected in shown


def test_while_the_director_has_them_letters_do_not_change(officer, director):
    edition = make_letter_edition(2)
    batch = letters.begin(edition, "invitation", "accepted", actor=officer)
    letters.put_up(batch, director=director, actor=officer)
    letter = batch.letters.first()
    with pytest.raises(RefusedError, match="with the director"):
        letters.take_out(letter, actor=officer)
    with pytest.raises(RefusedError, match="with the director"):
        letters.set_remark(letter, "x", "en", expected_version=1, actor=officer)


def test_a_wording_that_changed_after_approval_is_approved_again(officer, director):
    edition = make_letter_edition(1)
    batch = letters.begin(edition, "invitation", "accepted", actor=officer)
    approve(batch, officer, director)
    template = edition.letter_templates.get(kind="invitation")
    texts.translate(template, "body", {"fr": "Autre chose."})
    with pytest.raises(RefusedError, match="changed since"):
        issuing.issue(batch, actor=officer)
    approve(batch, officer, director)
    issuing.issue(batch, actor=officer)
    work()
    assert batch.letters.get().file is not None


def test_sent_back_letters_are_changed_and_put_up_again(officer, director):
    edition = make_letter_edition(2)
    batch = letters.begin(edition, "invitation", "accepted", actor=officer)
    letters.put_up(batch, director=director, actor=officer)
    approvals.send_back(approvals.latest(batch), actor=director, reason="Not to her.")
    letters.take_out(batch.letters.first(), actor=officer)
    approve(batch, officer, director)
    issuing.issue(batch, actor=officer)
    work()
    assert batch.letters.count() == 1


# --- Issuing --------------------------------------------------------------------------------------
def test_each_letter_has_a_number_a_code_and_a_file_under_the_person_s_key(officer, director):
    edition = make_letter_edition(4)
    batch = issued(edition, officer, director)
    found = list(batch.letters.select_related("document", "file", "person"))
    references = sorted(letter.document.reference for letter in found)
    assert references == [f"INC/2007/INV/{number:03}" for number in range(1, 5)]
    for letter in found:
        assert letter.file.subject_id == letter.person.subject_id
        content = files.content(letter.file)
        assert verification.is_unaltered(letter.document, [content])
        assert verification.find(verification.code(letter.document)) == letter.document


def test_a_letter_says_what_it_has_to_say(officer, director):
    edition = make_letter_edition(1)
    letter = issued(edition, officer, director).letters.get()
    text = text_of(letter)
    for expected in (
        "Regional Programme for e-Government",
        "88 Harbour Road",
        "INC/2007/INV/001",
        "Dear",
        "Nominee 1",
        "8–12 October 2007",
        "Han Ji-woo",
        "Approved on",
        verification.code(letter.document),
    ):
        assert expected in text


def test_a_job_that_died_half_way_gives_every_letter_once_with_one_number(
    officer, director, monkeypatch
):
    edition = make_letter_edition(5)
    batch = letters.begin(edition, "invitation", "accepted", actor=officer)
    approve(batch, officer, director)
    monkeypatch.setattr(issuing, "AT_ONCE", 2)
    issuing.issue(batch, actor=officer)
    job = Job.objects.get(kind=issuing.JOB)
    keys = [str(key) for key in queries.unmade(batch).values_list("pk", flat=True)]
    chosen = LetterBatch.objects.select_related("edition__country").get(pk=batch.pk)
    # It dies after two letters were kept and one more had got its number.
    issuing._make(chosen, keys[:2], officer)
    third = Letter.objects.get(pk=keys[2])
    issuing._number(chosen, third, "INC/2007", officer)
    job.delete()
    before = dict(batch.letters.exclude(document=None).values_list("pk", "document__reference"))
    assert len(before) == 3
    issuing.go_on(batch, actor=officer)
    work()
    after = dict(batch.letters.values_list("pk", "document__reference"))
    assert before.items() <= after.items()
    assert sorted(after.values()) == [f"INC/2007/INV/{number:03}" for number in range(1, 6)]
    assert IssuedDocument.objects.count() == 5
    assert StoredFile.objects.filter(owner_model="cohorts.letter").count() == 5


def test_a_name_in_a_script_without_a_font_stops_no_other_letter(officer, director):
    edition = make_letter_edition(2)
    person = edition.nominations.get(number=1).person
    person.name = "\U0001e6c0\U0001e6c1"  # letters of Unicode 17
    person.save()
    batch = issued(edition, officer, director)
    assert batch.letters.filter(file__isnull=False).count() == 1
    assert "no font" in Job.objects.get(kind=issuing.JOB).message
    person.latin_name = "Ay Nefer"
    person.save()
    issuing.go_on(batch, actor=officer)
    work()
    assert batch.letters.filter(file__isnull=False).count() == 2


def test_a_revoked_letter_is_shown_as_revoked_and_one_issued_again_has_a_new_number(
    officer, director
):
    edition = make_letter_edition(2)
    batch = issued(edition, officer, director)
    letter = batch.letters.first()
    old = letter.document
    issuing.issue_again(letter, actor=officer)
    work()
    letter.refresh_from_db()
    old.refresh_from_db()
    assert old.state == "revoked"
    assert letter.document.reference == "INC/2007/INV/003"
    assert letter.document.state == "valid"
    assert letter.file is not None
    issuing.revoke(letter, actor=officer)
    assert (
        queries.state_of(Letter.objects.select_related("document", "batch").get(pk=letter.pk))
        == "revoked"
    )
    assert letter.pk not in posting.unsent(batch)


# --- Sending --------------------------------------------------------------------------------------
def test_letters_leave_once_with_the_pdf_attached(officer, director):
    edition = make_letter_edition(2)
    batch = issued(edition, officer, director)
    posting.start(batch, actor=officer)
    work()
    sent = Message.objects.filter(template="cohorts/mails/letter")
    assert sent.count() == 2
    for message in sent:
        (attachment,) = message.attachments.all()
        assert attachment.file.media_type == "application/pdf"
    with pytest.raises(RefusedError, match="no letter to send"):
        posting.start(batch, actor=officer)
    assert AuditEntry.objects.filter(verb="letter.sent").count() == 2


def test_letters_to_governments_enter_the_register_by_mail_and_on_paper(officer, director):
    edition = make_letter_edition(4)
    silent = edition.call.invitations.get(country__alpha2="MN")
    silent.focal_point = None
    silent.save()
    batch = issued(edition, officer, director, "ministry", "seats")
    posting.start(batch, actor=officer)
    work()
    entries = Correspondence.objects.filter(edition=edition, kind="offer")
    assert entries.count() == 3
    assert {entry.reference.rpartition("/")[0] for entry in entries} == {"INC/2007/MIN"}
    paper = batch.letters.get(invitation=silent)
    assert paper.sent_at is None
    posting.record_posted(paper, actor=officer)
    assert entries.filter(channel="letter", country__alpha2="MN").count() == 1
    with pytest.raises(RefusedError, match="left already"):
        posting.record_posted(paper, actor=officer)
