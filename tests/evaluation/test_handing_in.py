"""Handing in: once, without a name, and nothing of it can be joined to anybody."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from madang.core import clock
from madang.core.models import AuditEntry, Record
from madang.evaluation import box
from madang.evaluation.actions import opening
from madang.evaluation.models import Ballot, HandedIn, Slip
from madang.evaluation.queries import handed_in
from madang.people.actions.refusal import RefusedError
from tests.evaluation import factories as make
from tests.support.clients import client_of

pytestmark = pytest.mark.django_db

WORDS = "The lagoon was never mentioned."


def test_somebody_hands_in_once_and_only_that_is_known() -> None:
    edition = make.make_week()
    form = make.opened(make.form_of(edition))
    first, second, *_others = make.participants(form)
    make.hand_in(form, first, {"overall": "4"})
    assert handed_in(edition) == {first.pk}
    with pytest.raises(opening.HandedInError):
        make.hand_in(form, first, {"overall": "1"})
    make.hand_in(form, second, {"overall": "5"})
    assert sorted(each["overall"] for each in box.opened(form)) == ["4", "5"]
    assert handed_in(edition) == {first.pk, second.pk}


def test_a_phone_that_died_gets_the_same_token_again() -> None:
    edition = make.make_week()
    form = make.opened(make.form_of(edition))
    account, _participation = make.make_answerer(edition)
    client = client_of(account)
    url = f"/workshops/{edition.slug}/evaluation/{form.pk}/"
    with clock.at(make.opens_at(form)):
        pages = [client.get(url) for _twice in range(2)]
        tokens = {page.content.decode().partition('name="token" value="')[2][:64] for page in pages}
        (token,) = tokens
        # Nobody is signed in where it is handed in: the token is enough.
        sent = {"token": token, "q_overall": "5", "q_next": WORDS}
        answers = [Client().post(f"{url}hand-in/", sent) for _twice in range(2)]
        assert [answer.status_code for answer in answers] == [302, 409]
        assert "You have handed this in" in client.get(url).content.decode()
    assert box.opened(form) == [{"overall": "5", "next": WORDS}]


def test_a_wrong_token_and_one_of_another_form_are_refused() -> None:
    edition = make.make_week()
    end, pulse = make.form_of(edition), make.form_of(edition, "pulse")
    make.opened(end), make.opened(pulse)
    somebody = make.participants(end)[0]
    for token in ("", "0" * 64, "\x00", box.token(pulse, somebody.pk)):
        with pytest.raises(opening.HandedInError), clock.at(make.opens_at(end)):
            opening.hand_in(end, token, {})
    assert not Ballot.objects.exists()


def test_what_is_late_is_not_taken() -> None:
    form = make.opened(make.form_of(make.make_week()))
    token = box.token(form, make.participants(form)[0].pk)
    assert form.closes_at is not None
    with clock.at(form.closes_at), pytest.raises(RefusedError):
        opening.hand_in(form, token, {})


def test_the_database_says_neither_who_answered_what_nor_when() -> None:
    edition = make.make_week()
    form = make.answered(make.form_of(edition), [{"overall": "5", "next": WORDS}] * 6)
    for model in apps.get_app_config("evaluation").get_models():
        for row in model._default_manager.values():
            assert WORDS not in repr(row)
    for model in (Slip, Ballot, HandedIn):
        assert not issubclass(model, Record)
        kinds = {type(field) for field in model._meta.get_fields()}
        assert not kinds & {models.DateTimeField, models.DateField, models.AutoField}
    participations = {field.related_model for field in Ballot._meta.get_fields()}
    assert participations == {type(form), None}
    opening.close_form(form, actor=None)
    assert not Ballot.objects.exists()
    assert not Slip.objects.exists()
    form.refresh_from_db()
    assert form.key is None


def test_the_history_does_not_know_that_somebody_handed_in() -> None:
    form = make.opened(make.form_of(make.make_week()))
    before = AuditEntry.objects.count()
    row = type(form).objects.filter(pk=form.pk).values().get()
    make.hand_in(form, make.participants(form)[0], {"overall": "4"})
    assert AuditEntry.objects.count() == before
    assert type(form).objects.filter(pk=form.pk).values().get() == row


def test_the_box_is_shaken_whenever_something_is_put_in() -> None:
    form = make.opened(make.form_of(make.make_week(people=8)))
    seen: set[tuple[object, bytes]] = set()
    for participation in make.participants(form):
        make.hand_in(form, participation, {"overall": "3"})
        rows = {(each.pk, bytes(each.sealed)) for each in Ballot.objects.all()}
        assert not rows & seen, "a ballot could be told from those that were there before"
        seen |= rows
        assert len({len(sealed) for _key, sealed in rows}) == 1
    orders = set()
    for _try in range(12):
        box.put_in(form, {})
        keys = Slip.objects.filter(form=form).values_list("pk", flat=True)
        box.use_slip(form, Slip.objects.get(pk=keys[0]))
        orders.add(tuple(Slip.objects.filter(form=form).values_list("pk", flat=True).order_by()))
    assert len(orders) > 1


def test_answers_to_what_was_not_asked_do_not_count() -> None:
    form = make.opened(make.form_of(make.make_week()))
    somebody = make.participants(form)[0]
    make.hand_in(form, somebody, {"apply": "no", "change": "All", "length": "5", "longer": "labs"})
    assert box.opened(form) == [{"apply": "no", "length": "5"}]


def test_who_comes_late_may_answer_and_who_is_no_participant_not() -> None:
    edition = make.make_week()
    form = make.opened(make.form_of(edition))
    _account, late = make.make_answerer(edition)
    make.hand_in(form, late, {"overall": "2"})
    assert handed_in(edition) == {late.pk}


def test_a_form_for_fewer_than_five_people_does_not_open() -> None:
    form = make.form_of(make.make_week(people=4))
    with clock.at(make.opens_at(form)), pytest.raises(RefusedError, match="Fewer than"):
        opening.open_form(form, actor=None)


def test_a_form_closes_with_who_handed_in_and_no_moment_of_it() -> None:
    edition = make.make_week()
    form = make.form_of(edition)
    people = make.participants(form)[:6]
    make.closed(form, [{"overall": "4"}] * 6)
    assert handed_in(edition) == {each.pk for each in people}
    with pytest.raises(RefusedError), clock.at(make.opens_at(form) + timedelta(hours=1)):
        opening.hand_in(form, "0" * 64, {})


def test_hostile_answers_are_refused_in_words_or_kept_as_text() -> None:
    edition = make.make_week()
    form = make.opened(make.form_of(edition))
    token = box.token(form, make.participants(form)[0].pk)
    url = f"/workshops/{edition.slug}/evaluation/{form.pk}/hand-in/"
    wrong = {"q_overall": "6", "q_apply": "maybe", "q_next": "x" * 2001, "q_recommend": "۱۱"}
    with clock.at(make.opens_at(form)):
        for name, value in wrong.items():
            page = Client().post(url, {"token": token, name: value})
            assert page.status_code == 200
            assert token in page.content.decode()
        assert not Ballot.objects.exists()
        Client().post(url, {"token": token, "q_next": "<script>\r\n</script>", "q_x": "1"})
    assert box.opened(form) == [{"next": "<script>\n</script>"}]
    assert json.dumps(box.opened(form))
