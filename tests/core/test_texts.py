"""Text that people write has a language, and falls back in a sensible order."""

import pickle

import pytest
from django.utils.translation import override

from madang.core import languages, texts
from madang.core.models import Translation
from madang.workshops.models import Session
from tests.factories import make_edition, make_session, make_sessions

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    session = make_session(make_edition(), title="Opening", language="en")
    texts.translate(session, "title", {"fa": "گشایش", "ko": "개회"})
    return session


def test_a_reader_gets_their_language_or_the_best_there_is(session):
    assert session.wording("title", "fa") == "گشایش"
    assert session.wording("title", "fa-AF").language == "fa"
    assert session.wording("title", "mn") == "Opening"
    assert session.wording("title", "mn").language == "en"
    with override("fa"):
        assert session.wording("title") == "گشایش"


def test_the_installations_own_language_comes_before_the_source(settings):
    session = make_session(make_edition(), title="개회", language="ko")
    texts.translate(session, "title", {"en": "Opening"})
    assert session.wording("title", "mn") == "Opening"
    assert session.wording("title", "ko") == "개회"
    assert session.all_wordings("title") == {"ko": "개회", "en": "Opening"}


def test_an_empty_translation_and_one_into_the_source_language_are_none(session):
    texts.translate(session, "title", {"fa": " ", "en": "Something else"})
    assert session.all_wordings("title") == {"en": "Opening", "ko": "개회"}


def test_a_translation_remembers_from_which_text_it_was_made(session):
    kept = Translation.objects.get(language="fa")
    assert kept.source_hash == texts.source_hash("Opening")
    texts.translate(session, "title", {"fa": "افتتاح"})
    assert Translation.objects.get(language="fa").version == 2
    with pytest.raises(ValueError, match="no translations"):
        texts.translate(session, "kind", {"fa": "x"})


def test_a_list_reads_all_its_translations_in_one_query(django_assert_num_queries):
    edition = make_edition()
    make_sessions(edition, 30)
    for count in (1, 30):
        sessions = list(Session.objects.all()[:count])
        with django_assert_num_queries(1):
            texts.prefetch(sessions)
            assert [session.wording("title", "fa") for session in sessions]
    with django_assert_num_queries(0):
        texts.prefetch([])


def test_a_wording_survives_a_cache_with_its_language():
    kept = pickle.loads(pickle.dumps(texts.Wording("گشایش", "fa")))  # noqa: S301  (our own bytes)
    assert (kept, kept.language) == ("گشایش", "fa")


@pytest.mark.parametrize(
    ("language", "direction"), [("fa", "rtl"), ("fa-AF", "rtl"), ("en", "ltr"), ("km", "ltr")]
)
def test_a_language_has_a_direction(language, direction):
    assert languages.direction(language) == direction


def test_languages_are_tried_from_the_one_asked_for_to_the_source():
    assert languages.fallbacks("fa-AF", source="ko") == ["fa-AF", "fa", "en", "ko"]
