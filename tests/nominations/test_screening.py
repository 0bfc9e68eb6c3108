"""Screening: officers score blind, disagree, ask a third, and merit comes of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from madang.nominations.actions import screening as actions
from madang.nominations.models import Criterion, Merit, Nomination, Screening
from madang.nominations.queries import screening as queries
from madang.people.actions.refusal import RefusedError
from tests import factories as make
from tests.nominations.factories import (
    make_call,
    make_criterion,
    make_nomination,
    make_nominations,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officers():
    return [make.make_account(roles=["secretariat"]) for _each in range(3)]


@pytest.fixture
def call():
    call = make_call()
    make_criterion(call, "Need", maximum=5, weight=2)
    make_criterion(call, "Reach", maximum=5)
    for _each in range(4):
        make_nomination(call.edition, state=Nomination.State.ELIGIBLE)
    return call


def give(screening: Screening, need: int, reach: int, comment: str = "") -> None:
    need_it, reach_it = Criterion.objects.order_by("pk")
    actions.score(
        screening, {need_it: need, reach_it: reach}, comment=comment, actor=screening.screener
    )


def asked(number: int, officer) -> Screening:
    return Screening.objects.get(nomination__number=number, screener=officer)


def browser(officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def page(officer, call, name="screening", *arguments):
    url = reverse(f"nominations:{name}", args=[call.edition.slug, *arguments])
    return browser(officer).get(url)


def test_nominations_are_shared_out_evenly_and_only_what_is_missing_the_second_time(call, officers):
    assert actions.ask(call, officers, opinions=2, actor=officers[0]) == 8
    loads = [Screening.objects.filter(screener=each).count() for each in officers]
    assert sorted(loads) == [2, 3, 3]
    assert actions.ask(call, officers, opinions=2, actor=officers[0]) == 0
    make_nomination(call.edition, state=Nomination.State.ELIGIBLE)
    assert actions.ask(call, officers, opinions=2, actor=officers[0]) == 2


def test_sharing_out_takes_a_rubric_and_two_officers(officers):
    bare = make_call()
    with pytest.raises(RefusedError, match="rubric"):
        actions.ask(bare, officers, opinions=2, actor=officers[0])
    make_criterion(bare)
    with pytest.raises(RefusedError, match="two officers"):
        actions.ask(bare, officers, opinions=1, actor=officers[0])
    with pytest.raises(RefusedError, match="as many officers"):
        actions.ask(bare, officers[:1], opinions=2, actor=officers[0])


def test_officers_score_blind(call, officers):
    one, two = officers[:2]
    actions.ask(call, [one, two], opinions=2, actor=one)
    give(asked(1, one), 5, 5, "Exactly whom we need.")
    nomination = Nomination.objects.get(number=1)
    shown = page(two, call, "scores", nomination.pk).content.decode()
    assert "Exactly whom we need." not in shown
    assert "still to score" in shown
    assert "after your own score" in page(two, call).content.decode()
    give(asked(1, two), 3, 3)
    assert "Exactly whom we need." in page(two, call, "scores", nomination.pk).content.decode()


def test_an_officer_scores_in_the_browser_and_goes_on_to_the_next(call, officers):
    one, two = officers[:2]
    actions.ask(call, [one, two], opinions=2, actor=one)
    client = browser(one)
    first = queries.outstanding(call.edition, one).first()
    url = reverse("nominations:score", args=[call.edition.slug, first.pk])
    assert client.get(url).status_code == 200
    need, reach = call.criteria.order_by("pk")
    incomplete = client.post(url, {str(need.pk): 4})
    assert "required" in incomplete.content.decode()
    sent = client.post(url, {str(need.pk): 4, str(reach.pk): 2, "comment": ""})
    following = queries.outstanding(call.edition, one).first()
    assert sent.url == reverse("nominations:score", args=[call.edition.slug, following.pk])
    first.refresh_from_db()
    assert first.state == Screening.State.SCORED


def test_nobody_scores_in_somebody_elses_name(call, officers):
    one, two, three = officers
    actions.ask(call, [one, two], opinions=2, actor=one)
    screening = asked(1, one)
    values = dict.fromkeys(call.criteria.all(), 1)
    with pytest.raises(PermissionDenied):
        actions.score(screening, values, comment="", actor=three)
    url = reverse("nominations:score", args=[call.edition.slug, screening.pk])
    assert browser(three).get(url).status_code == 404
    director = make.make_account(roles=["director"])
    assert browser(director).get(url).status_code == 404


def test_scores_outside_the_rubric_are_refused(call, officers):
    actions.ask(call, officers, opinions=2, actor=officers[0])
    screening = Screening.objects.first()
    with pytest.raises(RefusedError, match="0 to 5"):
        give(screening, 6, 0)


def test_standing_back_removes_scores_and_makes_room_for_somebody_else(call, officers):
    one, two, three = officers
    actions.ask(call, [one, two], opinions=2, actor=one)
    give(asked(1, one), 5, 5)
    actions.recuse(asked(1, one), actor=one)
    assert asked(1, one).scores.count() == 0
    assert actions.ask(call, officers, opinions=2, actor=one) == 1
    assert asked(1, three).state == Screening.State.ASKED


def test_a_third_opinion_is_asked_where_two_are_far_apart(call, officers):
    one, two, three = officers
    actions.ask(call, [one, two], opinions=2, actor=one)
    for number, (first, second) in enumerate([(5, 1), (4, 4), (3, 3), (2, 2)], start=1):
        give(asked(number, one), first, first)
        give(asked(number, two), second, second)
    far = [row.nomination.number for row in queries.rows(call.edition, one) if row.is_far_apart]
    assert far == [1]
    url = reverse("nominations:third_opinion", args=[call.edition.slug])
    browser(one).post(url, {"screener": str(three.pk)})
    third = asked(1, three)
    assert third.is_third_opinion
    assert Screening.objects.filter(screener=three).count() == 1


def test_merit_is_the_total_with_the_officers_severity_taken_out(call, officers):
    one, two = officers[:2]
    actions.ask(call, [one, two], opinions=2, actor=one)
    # The second gives everybody one point less of five.
    for number, score in enumerate([5, 4, 3, 2], start=1):
        give(asked(number, one), score, score)
        give(asked(number, two), score - 1, score - 1)
    client = browser(one)
    client.post(reverse("nominations:compute_merit", args=[call.edition.slug]))
    values = list(Merit.objects.order_by("nomination__number").values_list("value", flat=True))
    assert [float(value) for value in values] == [90, 70, 50, 30]
    assert {float(merit.uncertainty) for merit in Merit.objects.all()} == {0.0}
    assert "90" in page(one, call).content.decode()


def test_one_opinion_is_none(call, officers):
    actions.ask(call, officers[:2], opinions=2, actor=officers[0])
    give(asked(1, officers[0]), 5, 5)
    assert actions.compute_merit(call, actor=officers[0]) == 0
    assert not Merit.objects.exists()


def test_the_page_of_agreement_says_whether_officers_mean_the_same(call, officers):
    one, two = officers[:2]
    assert "will be here" in page(one, call, "agreement").content.decode()
    actions.ask(call, [one, two], opinions=2, actor=one)
    for number, score in enumerate([5, 4, 2, 1], start=1):
        give(asked(number, one), score, score)
        give(asked(number, two), score, score)
    assert "can be relied on" in page(one, call, "agreement").content.decode()


def test_the_rubric_is_settled_once_somebody_has_scored(call, officers):
    actions.ask(call, officers, opinions=2, actor=officers[0])
    give(Screening.objects.first(), 3, 3)
    need = call.criteria.first()
    with pytest.raises(RefusedError, match="already"):
        actions.add_criterion(call, {"name": "Late"}, actor=officers[0])
    with pytest.raises(RefusedError, match="already"):
        actions.change_criterion(
            need, {"weight": 9}, expected_version=need.version, actor=officers[0]
        )
    actions.change_criterion(
        need, {"guidance": "Clearer."}, expected_version=need.version, actor=officers[0]
    )
    with pytest.raises(RefusedError, match="already"):
        actions.remove_criterion(need, actor=officers[0])


def test_nobody_without_the_role_sees_merit(call, officers):
    nomination = Nomination.objects.get(number=1)
    Merit.objects.create(nomination=nomination, value=88, origin=Merit.Origin.IMPORTED)
    for roles in ([("focal_point", nomination.country)], ["participant"], ["host"], []):
        account = make.make_account(roles=roles)
        for name, arguments in (("screening", ()), ("scores", (nomination.pk,)), ("agreement", ())):
            assert page(account, call, name, *arguments).status_code == 404


def test_the_page_asks_as_many_questions_for_many_as_for_few(call, officers):
    def asked_for() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert page(officers[0], call).status_code == 200
        return len(captured)

    few = asked_for()
    make_nominations(call.edition, 300, state=Nomination.State.ELIGIBLE)
    assert asked_for() == few


def test_an_edition_without_a_call_says_where_to_begin(officers):
    edition = make.make_edition()
    shown = browser(officers[0]).get(reverse("nominations:screening", args=[edition.slug]))
    assert "begins with the call" in shown.content.decode()


def test_criteria_are_kept_by_pages_of_their_own(call, officers):
    client = browser(officers[0])
    slug = call.edition.slug
    add = reverse("nominations:criterion_add", args=[slug])
    values = {"name": "Plan", "guidance": "", "weight": 1, "maximum": 5, "language": "en"}
    assert client.get(add).status_code == 200
    client.post(add, values | {"version": 0})
    made = Criterion.objects.get(name="Plan")
    edit = reverse("nominations:criterion_edit", args=[slug, made.pk])
    client.post(edit, values | {"name": "A plan for home", "version": made.version})
    made.refresh_from_db()
    assert made.name == "A plan for home"
    client.post(reverse("nominations:criterion_remove", args=[slug, made.pk]))
    assert not Criterion.objects.filter(pk=made.pk).exists()


def test_statistics_that_take_too_long_are_said_to(call, officers, monkeypatch):
    actions.ask(call, officers[:2], opinions=2, actor=officers[0])
    for screening in Screening.objects.all():
        give(screening, 3, 4)
    monkeypatch.setattr(queries, "SECONDS", 0.01)
    client = browser(officers[0])
    address = reverse("nominations:compute_merit", args=[call.edition.slug])
    assert "in time" in client.post(address, follow=True).content.decode()
    assert not Merit.objects.exists()
    assert "in time" in page(officers[0], call, "agreement").content.decode()
