"""Certificates: who is due one, approved by a director, issued once each, revoked, replaced."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from madang.certificates import repeating
from madang.certificates.actions import batches, holding, issuing
from madang.certificates.models import Certificate, CertificateBatch, Exemption
from madang.certificates.queries import fulfilment, numbers
from madang.core import approvals, files
from madang.core.models import AuditEntry, Job, Message, StoredFile
from madang.core.transitions import TransitionRefusedError
from madang.documents import verification
from madang.documents.models import IssuedDocument
from madang.people import erasure
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions.repeat import Copying
from tests import factories as make
from tests.certificates.factories import (
    after,
    approve,
    make_attended,
    make_issued,
    make_week,
)
from tests.support.work import work

pytestmark = pytest.mark.django_db


def text_of(certificate: Certificate) -> str:
    certificate.refresh_from_db()
    reader = PdfReader(BytesIO(files.content(certificate.file)))
    return "\n".join(page.extract_text() for page in reader.pages)


# --- Who is due one -------------------------------------------------------------------------------
def test_who_fulfils_what_is_said_in_words_with_the_numbers(officer):
    edition = make_week(officer, (5, 4, 2))
    with after(edition):
        all_five, four, two = sorted(
            fulfilment.standings(edition), key=lambda each: each.participation.created_at
        )
    assert [all_five.is_due(kind) for kind in ("attended", "completed")] == [True, True]
    assert [four.is_due(kind) for kind in ("attended", "completed")] == [True, False]
    assert not two.is_due("attended")
    assert [each.words for each in four.claims["attended"].conditions] == [
        "attended 4 of 5 sessions: 80% ≥ 80%"
    ]
    assert [each.words for each in two.claims["attended"].conditions] == [
        "attended 2 of 5 sessions: 40% < 80%"
    ]


def test_tests_and_evaluation_count_where_the_rule_asks_for_them(officer):
    edition = make_week(officer, (5,))
    rule = edition.certificate_rules.get(kind="completed")
    rule.needs_pre_test = rule.needs_post_test = rule.needs_evaluation = True
    rule.save()
    with after(edition):
        (standing,) = fulfilment.standings(edition)
    words = [each.words for each in standing.claims["completed"].conditions]
    assert words[1:] == [
        "did not take the test before the week",
        "did not take the test after the week",
        "did not hand in the evaluation",
    ]
    assert not standing.is_due("completed")


def test_nobody_is_due_anything_before_a_session_was_held(officer):
    edition = make_week(officer, (5,))
    (standing,) = fulfilment.standings(edition)
    assert standing.claims["attended"].conditions[0].words


def test_everybody_costs_as_many_queries_as_one(officer, django_assert_num_queries):
    one, many = make_week(officer, (5,)), make_week(officer, (5, 4, 3, 2, 1, 0))
    for edition in (one, many):
        with after(edition), django_assert_num_queries(12):
            fulfilment.standings(edition)


# --- Exceptions -----------------------------------------------------------------------------------
def test_a_director_makes_an_exception_with_a_reason(officer, director):
    edition = make_week(officer, (2,))
    (part,) = edition.participations.all()
    with pytest.raises(RefusedError, match="Only a director"):
        holding.grant(part, "attended", "Ill on Tuesday", actor=officer)
    with pytest.raises(RefusedError, match="Say why"):
        holding.grant(part, "attended", " ", actor=director)
    holding.grant(part, "attended", "Ill on Tuesday", actor=director)
    with pytest.raises(RefusedError, match="already"):
        holding.grant(part, "attended", "Ill on Tuesday", actor=director)
    with after(edition):
        (standing,) = fulfilment.standings(edition)
        assert standing.is_due("attended")
        assert not standing.claims["attended"].is_met
        (certificate,) = make_issued(edition, officer, director)
    with pytest.raises(RefusedError, match="revoke"):
        holding.take_back(Exemption.objects.get(), actor=director)
    assert "Ill" not in str(approvals.approved_content(certificate.batch))


# --- Issuing --------------------------------------------------------------------------------------
def test_a_list_is_approved_then_issued_and_everybody_is_told_once(officer, director):
    edition = make_week(officer, (5, 4, 2))
    with after(edition):
        batch = batches.begin(edition, actor=officer)
        assert batch.certificates.count() == 3
        with pytest.raises(TransitionRefusedError, match="director"):
            issuing.issue(batch, actor=officer)
        approve(batch, officer, director)
        issuing.issue(batch, actor=officer)
        work()
    issued = Certificate.objects.filter(batch=batch)
    references = sorted(issued.values_list("document__reference", flat=True))
    assert references == [f"INC/{edition.number}/CERT/00{number}" for number in (1, 2, 3)]
    assert len(set(issued.values_list("status_index", flat=True))) == 3
    mails = Message.objects.filter(template="certificates/mails/issued")
    assert mails.count() == 2, "who has both certificates gets one mail"
    assert all("/certificate/" in mail.text for mail in mails)
    found = numbers(edition)
    assert (found.attended, found.completed, found.revoked) == (2, 1, 0)
    for certificate in issued:
        text = text_of(certificate)
        assert certificate.name in text
        assert certificate.document.reference in text
        assert verification.code(certificate.document) in text


def test_each_gets_one_however_often_it_is_tried(officer, director):
    edition = make_week(officer, (4, 4))
    with after(edition):
        batch = batches.begin(edition, actor=officer)
        with pytest.raises(RefusedError, match="Nobody"):
            batches.begin(edition, actor=officer)
        approve(batch, officer, director)
        issuing.issue(batch, actor=officer)
        work()
        job = Job.objects.get(kind=issuing.JOB)
        issuing.issue_certificates(_Silent(), **job.arguments)
        with pytest.raises(RefusedError, match="no certificate"):
            issuing.go_on(batch, actor=officer)
    assert IssuedDocument.objects.count() == 2
    assert Message.objects.filter(template="certificates/mails/issued").count() == 2


def test_a_job_that_died_half_way_goes_on_with_the_numbers_given(officer, director):
    edition = make_week(officer, (4, 4))
    with after(edition):
        issued = make_issued(edition, officer, director)
        lost = issued[0]
        number = lost.document.reference
        StoredFile.objects.filter(pk=lost.file_id).delete()
        issuing.go_on(lost.batch, actor=officer)
        work()
    lost.refresh_from_db()
    assert lost.file_id is not None
    assert lost.document.reference == number
    assert IssuedDocument.objects.count() == 2


def test_what_changed_since_it_was_approved_is_not_issued(officer, director):
    edition = make_week(officer, (4,))
    with after(edition):
        batch = batches.begin(edition, actor=officer)
        approve(batch, officer, director)
        edition.certificate_rules.filter(kind="attended").update(share=10)
        with pytest.raises(RefusedError, match="changed"):
            issuing.issue(batch, actor=officer)


def test_nothing_is_put_up_before_somebody_signs(officer, director):
    edition = make_week(officer, (4,))
    edition.certificate_scheme.signatory = ""
    edition.certificate_scheme.save()
    with after(edition):
        batch = batches.begin(edition, actor=officer)
        with pytest.raises(RefusedError, match="who signs"):
            batches.put_up(batch, director=director, actor=officer)


def test_who_is_in_a_cancelled_list_is_in_the_next(officer):
    edition = make_week(officer, (4,))
    with after(edition):
        batch = batches.begin(edition, actor=officer)
        batches.cancel(batch, actor=officer)
        again = batches.begin(edition, actor=officer)
    assert again.number == 2
    assert CertificateBatch.objects.get(pk=batch.pk).state == "cancelled"


def test_who_fulfils_the_rule_later_is_in_a_second_list(officer, director):
    edition = make_week(officer, (4,))
    with after(edition):
        make_issued(edition, officer, director)
        make_attended(edition, (5,))
        second = batches.begin(edition, actor=officer)
    assert second.certificates.count() == 2


# --- Names ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "latin", "language"),
    [
        ("زهرا محمدی", "Zahra Mohammadi", "fa"),
        ("សុខ វណ្ណា", "Sok Vanna", "en"),
        ("ນາງ ສົມພອນ", "Somphone", "en"),
        ("အောင်မြင့်", "Aung Myint", "en"),
        ("प्रिया शर्मा", "Priya Sharma", "fr"),
        ("ნინო ბერიძე", "Nino Beridze", "en"),
        ("선우 지혜", "Seonu Ji-hye", "en"),
    ],
)
def test_a_name_is_printed_as_its_owner_spells_it_in_any_script(
    officer, director, name, latin, language
):
    edition = make_week(officer, (4,))
    (part,) = edition.participations.select_related("person__subject")
    holding.confirm_spelling(part, name=name, latin_name=latin, language=language, actor=officer)
    with after(edition):
        (certificate,) = make_issued(edition, officer, director)
    certificate.refresh_from_db()
    assert (certificate.name, certificate.latin_name) == (name, latin)
    assert latin in text_of(certificate)
    assert AuditEntry.objects.filter(verb="certificate.spelled").exists()


def test_a_corrected_name_is_a_new_certificate_and_the_one_before_says_so(officer, director):
    edition = make_week(officer, (4,))
    with after(edition):
        (first,) = make_issued(edition, officer, director)
        (part,) = edition.participations.select_related("person__subject")
        holding.confirm_spelling(
            part, name="Ana Duluqalau", latin_name="", language="en", actor=officer
        )
        issuing.issue_again(first, actor=officer)
        work()
    first.refresh_from_db()
    second = first.replaced_by
    assert first.document.state == "revoked"
    assert second.name == "Ana Duluqalau"
    assert "Ana Duluqalau" in text_of(second)
    assert verification.told(first.document).replaced
    assert not verification.told(second.document).replaced
    assert numbers(edition).revoked == 0
    with pytest.raises(RefusedError, match="nothing to replace"):
        issuing.issue_again(first, actor=officer)


def test_a_certificate_is_revoked_with_a_reason_that_only_its_holder_reads(officer, director):
    edition = make_week(officer, (4,))
    with after(edition):
        (certificate,) = make_issued(edition, officer, director)
        with pytest.raises(RefusedError, match="Say why"):
            issuing.revoke(certificate, "", actor=officer)
        issuing.revoke(certificate, "Issued in error", actor=officer)
        with pytest.raises(TransitionRefusedError):
            issuing.revoke(certificate, "Issued in error", actor=officer)
    certificate.refresh_from_db()
    assert certificate.document.state == "revoked"
    told = verification.told(certificate.document)
    assert "Issued in error" not in str(told)
    assert numbers(edition).revoked == 1


# --- Erasure --------------------------------------------------------------------------------------
def test_what_is_left_of_somebody_erased_can_be_verified_and_names_nobody(officer, director):
    edition = make_week(officer, (4,))
    with after(edition):
        (certificate,) = make_issued(edition, officer, director)
        holding.show_name(certificate, shows=True, actor=officer)
        assert certificate.participation.person.name in str(verification.told(certificate.document))
        erasure.erase(certificate.participation.person, actor=None)
    certificate = Certificate.objects.get(pk=certificate.pk)
    assert certificate.name == ""
    assert certificate.file is None
    assert certificate.document.state == "valid"
    assert [label for label, _value in verification.told(certificate.document).facts] == [
        "Workshop"
    ]


class _Silent:
    """A job's progress that nobody looks at."""

    def report(self, done: int, total: int, message: str = "") -> None:
        assert 0 <= done <= total
        assert not message


# --- The next edition -----------------------------------------------------------------------------
def test_rules_and_who_signs_go_over_to_the_next_edition_with_a_prefix_of_its_own(officer):
    edition = make_week(officer, ())
    following = make.make_edition(slug="incheon-2008")
    copying = Copying(edition, following, officer)
    for part in repeating.PARTS:
        part.clone(copying)
    assert following.certificate_rules.count() == 2
    scheme = following.certificate_scheme
    assert (scheme.signatory, scheme.prefix) == ("Han Ji-woo", "INCHEON-2008/CERT")
