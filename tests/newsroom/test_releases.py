"""The life of a release: written, approved by a director, published, corrected, withdrawn."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from madang.core import approvals, audit, clock, texts
from madang.core.media_types import UnwantedFileError
from madang.core.models import AuditEntry, StaleRecordError, StoredFile
from madang.core.transitions import TransitionRefusedError
from madang.newsroom import actions, queries, rules, wording
from madang.newsroom.models import Attachment, Release
from madang.people.actions.refusal import RefusedError
from madang.people.models import Account
from madang.people.visitors import Visitor
from tests.factories import local, make_account, make_edition
from tests.support.rules import assert_halves_agree

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def edition(db):
    return make_edition()


@pytest.fixture
def officer(edition) -> Account:
    return make_account(roles=[("secretariat", edition)])


@pytest.fixture
def director(edition) -> Account:
    return make_account(roles=[("director", edition)])


@pytest.fixture
def release(edition, officer) -> Release:
    values = {
        "edition": edition,
        "title": "Leaders meet in Incheon",
        "lead": "From Monday.",
        "body": "It begins.",
        "number": "N/51/2007",
    }
    return actions.add(values, actor=officer)


def approve(release: Release, officer: Account, director: Account) -> None:
    approval = actions.put_up(release, director=director, actor=officer)
    approvals.approve(approval, actor=director, seen=approval.digest)


def publish(release: Release, officer: Account, director: Account) -> None:
    approve(release, officer, director)
    actions.publish(release, actor=officer)


def pdf(name: str = "notes.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF)


def public_body(release: Release) -> str:
    return str(wording.published(queries.readable(Visitor()).get(pk=release.pk)).body)


def change(release: Release, officer: Account, **values) -> None:
    release.refresh_from_db()
    actions.change(release, values, expected_version=release.version, actor=officer)
    release.refresh_from_db()


def test_nobody_reads_it_before_a_director_approved_it(release, officer, director):
    with pytest.raises(TransitionRefusedError, match="A director approves it first"):
        actions.publish(release, actor=officer)
    approval = actions.put_up(release, director=director, actor=officer)
    with pytest.raises(TransitionRefusedError, match="A director approves it first"):
        actions.publish(release, actor=officer)
    approvals.approve(approval, actor=director, seen=approval.digest)
    assert not queries.readable(Visitor()).exists()
    actions.publish(release, actor=officer)
    assert public_body(release) == "It begins."
    assert AuditEntry.objects.filter(verb="release.published", actor_id=officer.id).count() == 1


def test_who_wrote_it_does_not_approve_it(release, edition):
    both = make_account(roles=[("secretariat", edition), ("director", edition)])
    with pytest.raises(TransitionRefusedError, match="Whoever wrote it"):
        actions.put_up(release, director=both, actor=both)
    assert both not in queries.sorted_directors(release, besides=both)


def test_a_director_does_not_write(release, director):
    with pytest.raises(PermissionDenied):
        actions.put_up(release, director=director, actor=director)


def test_a_correction_shows_once_it_is_approved_and_published(release, officer, director, edition):
    with clock.at(local(edition, 1, "09:00")):
        publish(release, officer, director)
    change(release, officer, body="It began.")
    texts.translate(release, "body", {"fa": "آغاز شد."})
    assert public_body(release) == "It begins."
    assert wording.differs_from_published(release)
    with pytest.raises(TransitionRefusedError, match="published already"):
        actions.publish(release, actor=officer)
    approve(release, officer, director)
    assert public_body(release) == "It begins."
    with clock.at(local(edition, 2, "09:00")):
        actions.publish(release, actor=officer)
        text = wording.published(queries.readable(Visitor()).get())
    assert text.body.wording("fa") == "آغاز شد."
    assert text.release.published_at == local(edition, 1, "09:00")
    assert not wording.differs_from_published(release)


def test_what_changes_while_the_director_reads_is_not_approved(release, officer, director):
    approval = actions.put_up(release, director=director, actor=officer)
    change(release, officer, body="Something else.")
    with pytest.raises(TransitionRefusedError, match="changed since it was cleared"):
        approvals.approve(approval, actor=director, seen=approval.digest)


def test_a_director_is_not_asked_for_the_same_twice(release, officer, director):
    approve(release, officer, director)
    with pytest.raises(RefusedError, match="word for word"):
        actions.put_up(release, director=director, actor=officer)
    actions.publish(release, actor=officer)
    with pytest.raises(RefusedError, match="word for word"):
        actions.put_up(release, director=director, actor=officer)
    change(release, officer, body="It began.")
    actions.put_up(release, director=director, actor=officer)


def test_a_kind_changes_for_the_public_only_with_an_approval(release, officer, director):
    publish(release, officer, director)
    change(release, officer, kind="summary")
    assert wording.published(queries.readable(Visitor()).get()).kind == "press release"


def test_what_was_withdrawn_is_gone_until_it_is_approved_again(release, officer, director):
    publish(release, officer, director)
    actions.withdraw(release, actor=officer)
    assert not queries.readable(Visitor()).exists()
    with pytest.raises(TransitionRefusedError, match="approves it again first"):
        actions.publish(release, actor=officer)
    publish(release, officer, director)
    assert queries.readable(Visitor()).count() == 1


def test_before_its_moment_it_is_not_there(release, officer, director, edition):
    with clock.at(local(edition, 1, "09:00")):
        publish(release, officer, director)
    with clock.at(local(edition, 1, "08:59")):
        assert not queries.readable(Visitor()).exists()


def test_somebody_elses_change_is_noticed(release, officer):
    change(release, officer, title="Their title")
    with pytest.raises(StaleRecordError):
        actions.change(release, {"title": "Mine"}, expected_version=1, actor=officer)


def test_the_audit_trail_tells_its_story_without_a_word_of_it(release, officer, director):
    publish(release, officer, director)
    file = actions.attach(release, pdf(), actor=officer)
    actions.detach(release, file, actor=officer)
    change(release, officer, title="Leaders met")
    actions.withdraw(release, actor=officer)
    told = [line.words for line in audit.trail(officer, thing=release)]
    assert told == [
        "withdrew Leaders met",
        "changed title of Leaders met",
        "took a file away from Leaders met",
        "attached a file to Leaders met",
        "published Leaders met",
        "wrote Leaders met",
    ]


def test_the_database_knows_that_what_is_published_was_approved(release):
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(state="published")


# --- Attachments ---------------------------------------------------------------------------------
def public_names(release: Release) -> list[str]:
    return [file.name for file in queries.public_files_of(release)]


def test_an_attachment_goes_out_with_the_approval_and_not_before(release, officer, director):
    actions.attach(release, pdf("agenda.pdf"), actor=officer)
    publish(release, officer, director)
    later = actions.attach(release, pdf("later.pdf"), actor=officer)
    assert public_names(release) == ["agenda.pdf"]
    visible = rules.read_attachment.visible(Visitor(), Attachment.objects.all())
    assert later.owner_id not in visible.values_list("pk", flat=True)
    publish(release, officer, director)
    assert public_names(release) == ["agenda.pdf", "later.pdf"]


def test_an_attachment_that_is_taken_away_is_gone_at_once(release, officer, director):
    file = actions.attach(release, pdf(), actor=officer)
    publish(release, officer, director)
    actions.detach(release, file, actor=officer)
    assert public_names(release) == []
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_file_that_changes_while_the_director_reads_is_not_approved(release, officer, director):
    approval = actions.put_up(release, director=director, actor=officer)
    actions.attach(release, pdf(), actor=officer)
    with pytest.raises(TransitionRefusedError, match="changed since it was cleared"):
        approvals.approve(approval, actor=director, seen=approval.digest)


def test_what_is_no_document_is_refused_and_nothing_is_kept(release, officer):
    with pytest.raises(UnwantedFileError):
        actions.attach(release, SimpleUploadedFile("notes.pdf", b"MZ\x90\x00"), actor=officer)
    assert not Attachment.objects.exists()


def test_the_halves_of_the_rules_agree(release, officer, director, edition):
    actions.attach(release, pdf(), actor=officer)
    publish(release, officer, director)
    actions.attach(release, pdf("later.pdf"), actor=officer)
    actions.add({"title": "Of nobody's edition", "body": "x"}, actor=officer)
    people = [Visitor(), officer, director, make_account(), make_account(roles=["director"])]
    releases = Release.objects.all()
    for rule in (rules.read, rules.write, rules.approve, rules.oversee):
        assert_halves_agree(rule, people, releases)
    assert_halves_agree(rules.read_attachment, people, Attachment.objects.select_related("release"))
