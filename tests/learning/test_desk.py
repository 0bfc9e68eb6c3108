"""The secretariat keeps a bank of questions, plans tests from it, and reads what was learned."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from openpyxl import Workbook, load_workbook

from madang.core import clock
from madang.learning import queries
from madang.learning.models import Competency, Exam, Item, ItemVersion
from madang.learning.models.exam import Form
from madang.learning.queries import bank as bank_queries
from madang.workshops.actions.repeat import repeat_edition
from madang.workshops.models import Edition
from tests import factories as make
from tests.learning import factories as learn
from tests.learning.factories import BEFORE, DURING, LATER
from tests.support.clients import signed_in

pytestmark = pytest.mark.django_db


def at(edition: Edition, rest: str) -> str:
    return f"/manage/{edition.slug}/learning/{rest}"


def test_a_question_is_written_translated_changed_and_retired() -> None:
    edition = make.make_edition()
    make.make_module(edition, 1)
    competency = learn.make_competency(edition)
    desk = signed_in("secretariat")
    written = {
        "language": "en", "text": "Which comes first?", "answers": "*Vision\nPlan",
        "explanation": "A plan serves a vision.", "module_number": "1",
        "competency": str(competency.pk), "difficulty": "easy",
    }  # fmt: skip
    wrong = desk.post(at(edition, "bank/add/single/"), written | {"answers": "Vision\nPlan"})
    assert "star" in wrong.content.decode()
    desk.post(at(edition, "bank/add/single/"), written)
    item = Item.objects.get()
    address = at(edition, f"bank/{item.pk}/")
    assert "Which comes first?" in desk.get(address).content.decode()
    fa = {"text": "کدام اول است؟", "answers": "چشم‌انداز\nبرنامه", "version": item.version}
    desk.post(f"{address}languages/fa/", fa)
    item.refresh_from_db()
    assert item.newest is not None
    assert item.newest.number == 2
    changed = written | {"text": "Which has to come first?", "version": item.version}
    desk.post(f"{address}edit/", changed)
    item = Item.objects.get()
    assert item.newest is not None
    assert item.newest.number == 3
    assert item.newest.content.text == {"en": "Which has to come first?", "fa": "کدام اول است؟"}
    # Saving the same again makes no further version; a stale form is told.
    desk.post(f"{address}edit/", changed | {"version": item.version})
    assert ItemVersion.objects.count() == 3
    stale = desk.post(f"{address}edit/", changed | {"text": "Else", "version": 1})
    assert "Somebody else saved" in stale.content.decode()
    desk.post(f"{address}state/retire/")
    item.refresh_from_db()
    assert item.state == Item.State.RETIRED
    with pytest.raises(DatabaseError), transaction.atomic():
        ItemVersion.objects.update(stored={})


def test_a_test_goes_on_asking_the_version_that_it_asked() -> None:
    edition = make.make_edition()
    item = learn.make_item(edition)
    exam = learn.make_exam(edition, [item])
    desk = signed_in("secretariat")
    desk.post(
        at(edition, f"bank/{item.pk}/edit/"),
        {"language": "en", "text": "Another wording", "answers": learn.SINGLE,
         "explanation": "", "module_number": "1", "difficulty": "easy",
         "version": item.version},
    )  # fmt: skip
    item.refresh_from_db()
    assert item.newest is not None
    assert item.newest.number == 2
    assert exam.items.get().version_asked.number == 1


def test_a_test_is_planned_filled_published_and_asked_again_after_the_week() -> None:
    edition = make.make_edition()
    items = [learn.make_item(edition) for _ in range(3)]
    desk = signed_in("secretariat")
    with clock.at(BEFORE):
        assert "Plan it" in desk.get(at(edition, "tests/")).content.decode()
        times = {"opens_at": "2007-10-08T08:00", "closes_at": "2007-10-08T09:00", "minutes": "10"}
        backwards = {**times, "closes_at": "2007-10-08T07:00"}
        assert (
            "end after it begins"
            in desk.post(at(edition, "tests/pre/plan/"), backwards).content.decode()
        )
        desk.post(at(edition, "tests/pre/plan/"), times)
        page = desk.get(at(edition, "tests/pre/")).content.decode()
        assert "Choose questions first." in page
        chosen = {str(item.pk): "" for item in items[:2]} | {str(items[2].pk): "-"}
        desk.post(at(edition, "tests/pre/questions/"), chosen)
        exam = Exam.objects.get()
        assert exam.items.count() == 2
        desk.post(at(edition, "tests/pre/state/publish/"))
        exam.refresh_from_db()
        assert exam.state == Exam.State.PUBLISHED
        # What is asked stays; the end may be moved.
        desk.post(at(edition, "tests/pre/questions/"), {str(items[2].pk): ""})
        assert exam.items.count() == 2
        late = {**times, "opens_at": "2007-10-08T08:30", "closes_at": "2007-10-08T10:00"}
        desk.post(at(edition, "tests/post/plan/"), late)
        desk.post(at(edition, "tests/post/same/"))
        assert Exam.objects.get(kind="post").items.count() == 2
        desk.post(at(edition, "tests/post/state/publish/"))
        assert Exam.objects.get(kind="post").state == Exam.State.DRAFT  # they overlap


def test_whoever_has_one_form_before_has_the_other_after() -> None:
    edition = make.make_edition()
    items = [learn.make_item(edition) for _ in range(4)]
    forms = [Form.A, Form.A, Form.B, Form.B]
    pre, post = (learn.make_exam(edition, items, kind, forms=forms) for kind in ("pre", "post"))
    seen = set()
    for _ in range(12):
        _account, participation = learn.make_learner(edition)
        first = learn.take(pre, participation, [True, False])
        second = learn.take(post, participation, [True, True])
        assert {first.form, second.form} == {"a", "b"}
        seen.add(first.form)
    assert seen == {"a", "b"}
    learn.freeze(pre)
    learn.freeze(post)
    learned = queries.learned(edition)
    assert learned is not None
    assert learned.n == 12
    assert (learned.overall.cell.pre, learned.overall.cell.post) == (0.5, 1)


def test_unequal_forms_are_not_published() -> None:
    edition = make.make_edition()
    items = [learn.make_item(edition) for _ in range(3)]
    exam = learn.make_exam(edition, items, forms=[Form.A, Form.A, Form.B], published=False)
    with clock.at(BEFORE):
        assert "as many questions" in str(exam.unfit())


def test_what_was_learned_is_told_for_modules_and_competencies(
    django_assert_num_queries: Any,
) -> None:
    edition = make.make_edition()
    make.make_module(edition, 1, title="Assessment")
    make.make_module(edition, 2, title="Strategy")
    competency = learn.make_competency(edition, "Write a strategy")
    items = [
        learn.make_item(edition, module_number=1 + n % 2, competency=competency if n % 2 else None)
        for n in range(8)
    ]
    pre, post = (learn.make_exam(edition, items, kind) for kind in ("pre", "post"))
    for n in range(20):
        _account, participation = learn.make_learner(edition)
        learn.take(pre, participation, [(n + m) % 3 == 0 for m in range(8)])
        learn.take(post, participation, [(n + m) % 3 != 0 for m in range(8)])
    learn.freeze(pre)
    learn.freeze(post)
    learned = queries.learned(edition)
    assert learned is not None
    assert (learned.n, learned.same_items) == (20, True)
    assert [str(part.label) for part in learned.modules] == ["Assessment", "Strategy"]
    assert [str(part.label) for part in learned.competencies] == ["Write a strategy"]
    for part in learned.parts:
        assert part.gain is not None
        assert part.interval is not None
        assert part.interval[0] <= part.gain <= part.interval[1]
    assert learned.overall.cell.pre == pytest.approx(1 / 3, abs=0.02)
    desk = signed_in("secretariat")
    with clock.at(LATER):
        text = desk.get(at(edition, "results/")).content.decode()
        assert "20 people took both tests." in text
        assert "KR-20" in text
        assert "Assessment" in text
        teacher = signed_in(("resource_person", edition))
        assert "20 people" in teacher.get(f"/workshops/{edition.slug}/learned/").content.decode()
        table = desk.get(at(edition, "results/?format=csv"))
        rows = b"".join(table.streaming_content).decode()  # type: ignore[attr-defined]
        assert rows.count("\n") == 1 + 4 + 2 * 4
        item = desk.get(at(edition, f"bank/{items[0].pk}/")).content.decode()
        assert "35%" in item or "30%" in item
        with django_assert_num_queries(12):
            desk.get(at(edition, "results/"))


def test_the_best_being_drawn_to_a_wrong_answer_is_said_in_words() -> None:
    edition = make.make_edition()
    make.make_module(edition, 1)
    items = [learn.make_item(edition) for _ in range(6)]
    exam = learn.make_exam(edition, items)
    for n in range(24):
        good = n < 12
        # The best answer everything rightly but the last, which only the others get right.
        marks = [*(good or (n + m) % 3 == 0 for m in range(5)), not good]
        learn.take(exam, learn.make_learner(edition)[1], marks, wrong="3")
    learn.freeze(exam)
    with clock.at(LATER):
        text = signed_in("secretariat").get(at(edition, "results/")).content.decode()
    assert "two thirds of the best chose another answer: “quite wrong”" in text
    assert "is the key right?" in text


def test_a_sheet_goes_out_is_mended_and_comes_in_again() -> None:
    edition = make.make_edition()
    learn.make_competency(edition, "Write a strategy")
    item = learn.make_item(edition)
    desk = signed_in("secretariat")
    given = desk.get(at(edition, "bank/?format=xlsx"))
    book = load_workbook(io.BytesIO(b"".join(given.streaming_content)))  # type: ignore[attr-defined]
    [head, row] = list(book.active.iter_rows(values_only=True))
    lines = [dict(zip(head, row, strict=True))]
    lines[0]["text"] = "What is right now?"
    new = {"kind": "number", "language": "en", "text": "How many?", "answers": "21 ± 1",
           "module": "2", "competency": "write a STRATEGY", "text_fa": "چند؟"}  # fmt: skip
    bad = [new | {"kind": "riddle"}, new | {"answers": "many"}, new | {"id": str(edition.pk)},
           new | {"competency": "Fly"}, new | {"language": "Klingon"}, new | {"module": "x"},
           new | {"difficulty": "awful"}, new | {"text": "=1+1", "answers": ""}]  # fmt: skip
    names = list(dict.fromkeys([*head, *new]))
    sheet = Workbook()
    for line in [dict(zip(names, names, strict=True)), *lines, new, *bad]:
        sheet.active.append([line.get(name) for name in names])
    content = io.BytesIO()
    sheet.save(content)
    upload = SimpleUploadedFile("questions.xlsx", content.getvalue())
    page = desk.post(at(edition, "bank/bring/"), {"upload": upload})
    taken = page.context["taken"]
    assert (taken.added, taken.changed, len(taken.refused)) == (1, 1, 8)
    item.refresh_from_db()
    assert item.newest is not None
    assert str(item.newest) == "What is right now?"
    added = Item.objects.exclude(pk=item.pk).get()
    assert added.newest is not None
    assert added.newest.content.text["fa"] == "چند؟"
    assert added.competency == Competency.objects.get()
    back = desk.get(at(edition, "bank/bring/rejected/?format=json"))
    returned = b"".join(back.streaming_content).decode()  # type: ignore[attr-defined]
    assert returned.count('"why"') == 8
    again = SimpleUploadedFile("questions.xlsx", content.getvalue())
    twice = desk.post(at(edition, "bank/bring/"), {"upload": again}).context["taken"]
    assert (twice.same, twice.changed) == (1, 0)


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.4", b"just words", b"kind,text\nsingle,?", b"PK\x03\x04rubbish"]
)
def test_what_is_no_sheet_of_questions_is_refused(content: bytes) -> None:
    edition = make.make_edition()
    desk = signed_in("secretariat")
    upload = SimpleUploadedFile("questions.csv", content)
    page = desk.post(at(edition, "bank/bring/"), {"upload": upload})
    assert page.status_code == 200
    assert "taken" not in page.context
    assert not Item.objects.exists()


def test_a_competency_with_questions_stays() -> None:
    edition = make.make_edition()
    competency = learn.make_competency(edition)
    learn.make_item(edition, competency=competency)
    desk = signed_in("secretariat")
    desk.post(at(edition, f"bank/competencies/{competency.pk}/remove/"))
    assert Competency.objects.exists()
    Item.objects.update(competency=None)
    desk.post(at(edition, f"bank/competencies/{competency.pk}/remove/"))
    assert not Competency.objects.exists()


def test_another_edition_of_the_series_takes_the_tests_over() -> None:
    edition = make.make_edition()
    make.make_module(edition, 1)
    items = [learn.make_item(edition) for _ in range(3)]
    learn.make_exam(edition, items)
    items[0].retire(actor=None)
    values = {
        "number": edition.number + 1, "slug": "again", "title": "Again", "city": "Suva",
        "country": make.make_country("FJ"), "time_zone": "Pacific/Fiji",
        "starts_on": edition.starts_on.replace(year=2008),
        "ends_on": edition.ends_on.replace(year=2008), "language": "en",
    }  # fmt: skip
    made = repeat_edition(edition, values, ["modules", "tests"], actor=None)
    exam = Exam.objects.get(edition=made)
    assert exam.state == Exam.State.DRAFT
    assert exam.items.count() == 2
    assert exam.opens_at is not None
    assert exam.opens_at.year == 2008
    assert {item.module_id for item in exam.items.all()} == {made.modules.get().pk}
    assert bank_queries.items(made).count() == 3


def test_lists_cost_the_same_with_one_question_and_many(django_assert_num_queries: Any) -> None:
    desk = signed_in("secretariat")
    for number in (1, 30):
        edition = make.make_edition()
        make.make_module(edition, 1)
        competency = learn.make_competency(edition)
        items = [learn.make_item(edition, competency=competency) for _ in range(number)]
        learn.make_exam(edition, items)
        with clock.at(DURING["pre"]):
            desk.get(at(edition, "bank/"))
            with django_assert_num_queries(12):
                desk.get(at(edition, "bank/"))
            with django_assert_num_queries(11):
                desk.get(at(edition, "tests/pre/"))
            with django_assert_num_queries(10):
                desk.get(at(edition, f"bank/{items[0].pk}/"))
