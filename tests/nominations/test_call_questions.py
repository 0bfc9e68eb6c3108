"""The questions of a call: built by the secretariat, with conditions that can always be met."""

import pytest
from django.test import Client
from django.urls import reverse

from madang.nominations.actions import asking
from madang.nominations.models import Answer, Choice, Question, Quota
from madang.people.actions.refusal import RefusedError
from tests import factories as make
from tests.nominations.factories import make_answer, make_call, make_nomination, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make.make_account(roles=["secretariat"])


@pytest.fixture
def client(officer):
    client = Client()
    client.force_login(officer)
    return client


def address(name, call, *more):
    return reverse(f"nominations:{name}", args=[call.edition.slug, *more])


def text(response):
    return response.content.decode()


def asked(**fields):
    """What the form of a question sends."""
    return {
        "text": "Do you manage a team?",
        "hint": "",
        "kind": "yes_no",
        "choices": "",
        "minimum": "",
        "maximum": "",
        "after": "",
        "language": "en",
        **fields,
    }


def test_questions_are_added_with_answers_and_conditions_and_the_form_asks_them(client):
    call = make_call()
    client.post(address("question_add", call), asked())
    first = Question.objects.get()
    assert first.key == "do-you-manage-a-team"
    lines = "small = fewer than ten\nlarge = ten and more\nوزیران"
    sent = asked(text="How large is it?", kind="one", choices=lines, after=f"{first.pk}=yes")
    assert client.post(address("question_add", call), sent).url == address("call", call)
    second = Question.objects.get(text="How large is it?")
    assert (second.depends_on, second.depends_value) == (first, "yes")
    assert list(second.choices.values_list("code", "text")) == [
        ("small", "fewer than ten"), ("large", "ten and more"), ("answer-3", "وزیران"),
    ]  # fmt: skip
    page = text(client.get(address("call", call)))
    assert "only if the answer to “Do you manage a team?” is “yes”" in page
    preview = text(client.get(address("call_preview", call)))
    assert "fewer than ten" in preview
    assert 'data-value="yes"' in preview


def test_a_question_is_changed_and_keeps_its_short_name(client):
    call = make_call()
    question = make_question(call, "team", choices=("a", "b"), kind="one")
    page = client.get(address("question_edit", call, question.pk))
    assert "a = A" in text(page)
    sent = asked(
        text="Another text", kind="one", choices="a = First\nc = Third", version=question.version
    )
    client.post(address("question_edit", call, question.pk), sent)
    question.refresh_from_db()
    assert (question.key, question.text) == ("team", "Another text")
    assert list(question.choices.values_list("code", "text")) == [("a", "First"), ("c", "Third")]


def test_short_names_are_unlike_each_other_and_unlike_what_quotas_count_anyway(officer):
    call = make_call()
    keys = [
        asking.add(call, {"text": title}, (), actor=officer).key
        for title in ("Sector", "Sector", "部门", "部门")
    ]
    assert keys == ["sector-2", "sector-3", "question", "question-2"]


def test_only_an_earlier_question_of_the_same_call_can_be_a_condition(client, officer):
    call = make_call()
    first = make_question(call, "first", kind="yes_no", order=1)
    second = make_question(call, "second", kind="yes_no", order=2)
    stranger = make_question(make_call(), "stranger", kind="yes_no")
    form = text(client.get(address("question_edit", call, first.pk)))
    assert str(second.pk) not in form
    for before in (second, first, stranger):
        with pytest.raises(RefusedError):
            asking.change(
                first, {"depends_on": before, "depends_value": "yes"}, (),
                expected_version=first.version, actor=officer,
            )  # fmt: skip
    with pytest.raises(RefusedError):
        asking.change(
            second, {"depends_on": first, "depends_value": "perhaps"}, (),
            expected_version=second.version, actor=officer,
        )  # fmt: skip
    assert not Question.objects.filter(depends_on__isnull=False).exists()


def test_questions_are_put_into_an_order_but_not_before_their_condition(client):
    call = make_call()
    first = make_question(call, "first", kind="yes_no", order=1)
    second = make_question(
        call, "second", kind="yes_no", depends_on=first, depends_value="yes", order=2
    )
    third = make_question(call, "third", order=3)
    client.post(address("question_up", call, third.pk))
    keys = list(call.questions.values_list("key", flat=True))
    assert keys == ["first", "third", "second"]
    client.post(address("question_down", call, third.pk))
    refused = client.post(address("question_up", call, second.pk), follow=True)
    assert "so it stays behind it" in text(refused)
    assert list(call.questions.values_list("key", flat=True)) == ["first", "second", "third"]
    client.post(address("question_up", call, first.pk))
    assert call.questions.first() == first


def test_what_was_answered_keeps_its_meaning(officer):
    call = make_call()
    question = make_question(call, "team", choices=("a", "b", "c"), kind="one")
    several = make_question(call, "tools", choices=("x", "y", "z"), kind="several")
    nomination = make_nomination(call.edition)
    make_answer(nomination, question, "a", code="a")
    make_answer(nomination, several, "x,y")
    version = {"expected_version": 1, "actor": officer}
    with pytest.raises(RefusedError, match="the kind of answer stays"):
        asking.change(question, {"kind": "short"}, (), **version)
    with pytest.raises(RefusedError, match="Somebody has answered “A”"):
        asking.change(question, {}, [("b", "B"), ("c", "C")], **version)
    with pytest.raises(RefusedError, match="Somebody has answered “Y”"):
        asking.change(several, {}, [("x", "X"), ("z", "Z")], **version)
    asking.change(question, {}, [("a", "A"), ("b", "B")], **version)
    assert not Choice.objects.filter(code="c").exists()
    Quota.objects.create(call=call, attribute="team", value="b", minimum=1)
    with pytest.raises(RefusedError, match="A quota counts the answer “B”"):
        asking.change(question, {}, [("a", "A"), ("d", "D")], **version)


def test_a_question_is_removed_with_its_answers_unless_something_hangs_on_it(client):
    call = make_call()
    first = make_question(call, "first", kind="yes_no", order=1)
    second = make_question(call, "second", depends_on=first, depends_value="yes", order=2)
    make_answer(make_nomination(call.edition), second, "ten")
    assert "is asked only after it" in text(
        client.post(address("question_remove", call, first.pk), follow=True)
    )
    assert "are deleted" in text(client.get(address("question_remove", call, second.pk)))
    client.post(address("question_remove", call, second.pk))
    assert not Answer.objects.exists()
    Quota.objects.create(call=call, attribute="first", value="yes", minimum=1)
    assert "A quota counts its answers" in text(
        client.post(address("question_remove", call, first.pk), follow=True)
    )
    Quota.objects.all().delete()
    client.post(address("question_remove", call, first.pk))
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "one", "choices": "only one"}, "Offer at least two answers."),
        ({"kind": "one", "choices": "same\nsame"}, "stands here twice"),
        ({"kind": "number", "minimum": "5", "maximum": "2"}, "smallest number"),
        ({"text": ""}, "required"),
    ],
)
def test_a_question_that_nobody_could_answer_is_refused(client, fields, said):
    call = make_call()
    assert said in text(client.post(address("question_add", call), asked(**fields)))
    assert not Question.objects.exists()
