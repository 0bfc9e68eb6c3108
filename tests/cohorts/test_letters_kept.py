"""Letters around their issue: erased people, nominees not yet decided, editions run again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from madang.cohorts.actions import issuing, letterheads, letters
from madang.cohorts.models import LetterKind, Offer
from madang.core import files
from madang.core.models import StoredFile
from madang.nominations.models import Nomination
from madang.people import erasure
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import repeat
from tests.cohorts.factories import make_letter_edition, make_offers
from tests.cohorts.test_letters import issued
from tests.nominations.factories import make_nomination
from tests.support.pictures import png

pytestmark = pytest.mark.django_db


def test_an_erased_person_leaves_no_letter_that_can_be_read(officer, director):
    edition = make_letter_edition(1)
    own = issued(edition, officer, director).letters.get()
    ministry = issued(edition, officer, director, "ministry", "seats").letters.get()
    person = own.person
    stored = [own.file, ministry.file]
    erasure.erase(person, actor=None)
    for letter in (own, ministry):
        letter.refresh_from_db()
        assert letter.file is None
        assert letter.document.state == "valid"
    assert not StoredFile.objects.filter(pk__in=[file.pk for file in stored]).exists()
    with pytest.raises(RefusedError, match="no letter to make"):
        issuing.go_on(own.batch, actor=officer)


def test_a_nominee_who_was_offered_a_seat_can_be_invited_before_they_answer(officer):
    edition = make_letter_edition(0)
    nomination = make_nomination(edition, state=Nomination.State.ELIGIBLE)
    make_offers(edition, [nomination], Offer.State.SENT)
    with pytest.raises(RefusedError, match="nobody"):
        letters.begin(edition, "invitation", "accepted", actor=officer)
    assert letters.begin(edition, "invitation", "offered", actor=officer).letters.count() == 1


def test_an_edition_that_is_run_again_has_the_letterhead_and_the_wordings(officer):
    edition = make_letter_edition(1)
    head = edition.letterhead
    uploads = {
        "logo": SimpleUploadedFile("l.png", png()),
        "signature": SimpleUploadedFile("s.png", png()),
    }
    letterheads.set_letterhead(edition, {}, uploads=uploads, expected_version=1, actor=officer)
    values = {
        "number": 99, "slug": "again", "title": "Again", "starts_on": edition.starts_on,
        "ends_on": edition.ends_on, "time_zone": "Asia/Seoul", "country": edition.country,
        "city": "Incheon",
    }  # fmt: skip
    made = repeat.repeat_edition(edition, values, {"letters"}, actor=officer)
    assert made.letterhead.sender == head.sender
    assert [file.name for file in files.of(made.letterhead)] == ["logo.png"]
    assert made.letter_templates.count() == len(LetterKind)
    persian = made.letter_templates.get(kind="invitation").wording("body", "fa")
    assert "گرامی" in persian
