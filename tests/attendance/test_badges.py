"""Badges: one that holds for each person, on paper in any script, replaced when lost."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from madang.attendance import badges, papers
from madang.attendance.actions import badges as actions
from madang.attendance.models import Badge
from madang.attendance.queries import badges as queries
from madang.core import audit, jobs
from madang.core.models import AuditEntry, Job
from madang.people.actions import people as people_actions
from madang.workshops.actions.participations import cancel_participation
from madang.workshops.models import Edition
from tests import factories as make
from tests.attendance.factories import badge_of
from tests.support.clients import signed_in


@pytest.fixture
def edition(db) -> Edition:
    return make.make_edition(title="Managing e-Government")


@pytest.fixture
def officer(edition):
    return signed_in(("secretariat", edition))


def address(name: str, edition: Edition, *args: object) -> str:
    return reverse(f"attendance:{name}", args=[edition.slug, *args])


def text_of(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def test_everybody_expected_gets_one_badge_however_often_it_is_asked(edition):
    make.make_participations(edition, 3)
    make.make_participation(edition, state="cancelled")
    assert actions.give_missing(edition, actor=None) == 3
    assert actions.give_missing(edition, actor=None) == 0
    assert Badge.objects.count() == 3


def test_the_codes_on_a_badge_are_stored_nowhere_and_say_nothing(edition):
    one = make.make_participation(edition, make.make_person("Mere Tuilagi"))
    badge = badge_of(one)
    stored = str(list(Badge.objects.values())) + str(list(AuditEntry.objects.values()))
    for secret in (badges.shown(badge), badges.short_code(badge)):
        assert secret not in stored
        assert secret.replace("-", "") not in stored
    assert "Mere" not in badges.shown(badge)
    assert badges.short_digest(edition.pk, badges.short_code(badge).lower()) == badge.short_digest
    assert audit.sentence("badge.replaced")


def test_a_replaced_badge_has_other_codes_and_one_holds(edition):
    one = make.make_participation(edition)
    old = badge_of(one)
    new = actions.replace(one, actor=None)
    old.refresh_from_db()
    assert old.revoked_at is not None
    assert badges.shown(old) != badges.shown(new)
    assert [badge.number for badge in queries.of_person(one)] == [2]


@pytest.mark.parametrize(("paper", "pages"), [("sheet", 2), ("card", 11), ("a6", 11)])
def test_badges_are_set_in_any_script_ten_to_a_sheet_or_one_to_a_page(edition, paper, pages):
    names = {"نسرین کاظمی": "Nasrin Kazemi", "김민지": "Kim Minji", "សុខ ចាន់": "Sok Chan"}
    for name, latin in names.items():
        make.make_participation(edition, make.make_person(name, latin_name=latin))
    make.make_participation(
        edition, make.make_person("Tashi"), kind="resource_person", country=make.make_country("FJ")
    )
    make.make_participations(edition, 7)
    actions.give_missing(edition, actor=None)
    found = text_of(papers.pdf(edition, queries.current(edition), paper))
    assert len(found) == pages
    whole = " ".join(found)
    for latin in names.values():
        assert latin in whole
    assert "resource person" in whole
    assert "Fiji" in whole


def test_all_badges_are_printed_by_the_worker_and_again_once_one_was_replaced(edition, officer):
    make.make_participation(edition, make.make_person("Mere Tuilagi"))
    answer = officer.post(address("badges_print", edition), {"paper": "sheet", "kind": ""})
    job = Job.objects.get()
    assert answer["Location"] == job.get_absolute_url()
    jobs.run(str(job.pk))
    job.refresh_from_db()
    taken = officer.get(job.result_url)
    assert "Mere Tuilagi" in text_of(taken.content)[0]
    assert taken["Cache-Control"] == "private, no-store"
    assert signed_in(("director", edition)).get(job.result_url).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_what_was_printed_goes_when_a_badge_or_a_name_changes(edition, officer):
    one = make.make_participation(edition)
    for change in (
        lambda: actions.replace(one, actor=None),
        lambda: people_actions.change_person(
            one.person, actor=None, expected_version=one.person.version, name="Other Name"
        ),
    ):
        officer.post(address("badges_print", edition), {"paper": "card", "kind": ""})
        job = Job.objects.order_by("-pk").first()
        jobs.run(str(job.pk))
        job.refresh_from_db()
        assert officer.get(job.result_url).status_code == 200
        change()
        assert officer.get(job.result_url)["Location"] == address("badges", edition)


def test_one_badge_is_printed_by_itself_and_none_for_those_who_do_not_come(edition, officer):
    one, gone = make.make_participations(edition, 2)
    cancel_participation(gone, actor=None)
    answer = officer.post(address("badge_print", edition, one.pk))
    assert answer["Content-Type"] == "application/pdf"
    assert officer.post(address("badge_print", edition, gone.pk)).status_code == 404
    assert (
        officer.post(address("badge_print", edition, one.pk), {"paper": "wallpaper"}).status_code
        == 404
    )


def test_a_lost_badge_is_replaced_after_asking(edition, officer):
    one = make.make_participation(edition)
    badge_of(one)
    page = officer.get(address("badge_replace", edition, one.pk))
    assert "opens no door" in page.text
    officer.post(address("badge_replace", edition, one.pk))
    assert Badge.objects.filter(participation=one).count() == 2
    assert "1 was replaced" in officer.get(address("badges", edition)).text


def test_the_list_of_badges_costs_the_same_with_one_and_with_many(
    edition, officer, django_assert_num_queries
):
    make.make_participation(edition)
    actions.give_missing(edition, actor=None)
    officer.get(address("badges", edition))
    with django_assert_num_queries(7):
        officer.get(address("badges", edition))
    make.make_participations(edition, 30)
    actions.give_missing(edition, actor=None)
    with django_assert_num_queries(7):
        officer.get(address("badges", edition))
