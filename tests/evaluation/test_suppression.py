"""Nobody can be told from what is published of a form, whatever was answered."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from madang.evaluation import suppression
from madang.evaluation.suppression import FLOOR, NONE, Asked, Cells

SCALE = ("1", "2", "3", "4", "5")
SECTORS = ("government", "academia", "society", "business")
ASKED = (
    Asked("overall", "scale", SCALE),
    Asked("why", "one", ("time", "money", "staff"), after="overall", values=frozenset("12")),
    Asked("how", "scale", SCALE, after="why", values=frozenset({"time"})),
    Asked("topics", "several", ("labs", "cases", "talks")),
    Asked("more", "scale", SCALE, after="topics", values=frozenset({"labs", "cases"})),
    Asked("sector", "one", SECTORS, tells_apart=True),
    Asked("words", "text"),
)
BY_NAME = {each.name: each for each in ASKED}

Ballots = list[dict[str, str]]


@st.composite
def ballots(draw: st.DrawFn) -> Ballots:
    """What up to forty people answered: conditions hold, and anything may be left open."""
    rare = draw(st.sampled_from([SCALE, ("1", "5", "5", "5", "5", "5")]))
    found = []
    for _person in range(draw(st.integers(0, 40))):
        one = {
            "overall": draw(st.sampled_from((*rare, NONE))),
            "topics": ",".join(
                draw(st.lists(st.sampled_from(("labs", "cases", "talks")), unique=True))
            ),
            "sector": draw(st.sampled_from((*SECTORS, "government", "government", NONE))),
            "words": draw(st.sampled_from(("", "so it was"))),
        }
        if one["overall"] in {"1", "2"}:
            one["why"] = draw(st.sampled_from(("time", "time", "money", "staff", NONE)))
        if one.get("why") == "time":
            one["how"] = draw(st.sampled_from((*SCALE, NONE)))
        if {"labs", "cases"} & set(one["topics"].split(",")):
            one["more"] = draw(st.sampled_from((*SCALE, NONE)))
        found.append({name: value for name, value in one.items() if value})
    return found


def gave(ballots: Ballots, name: str, codes: Sequence[str]) -> frozenset[int]:
    """Who gave one of some answers, by their place."""
    return frozenset(
        place
        for place, one in enumerate(ballots)
        if set(one.get(name, NONE).split(",")) & set(codes)
    )


def is_few(people: frozenset[int]) -> bool:
    return 0 < len(people) < FLOOR


@given(ballots())
@settings(max_examples=120, deadline=None)
def test_no_difference_of_what_belongs_together_is_one_to_four_people(ballots: Ballots) -> None:
    publication = suppression.publish(ASKED, ballots)
    assert {each.name for each in publication.questions} == set(BY_NAME)
    everyone = frozenset(range(len(ballots)))
    for told in publication.questions:
        asked = BY_NAME[told.name]
        if not (told.blocks or told.mean is not None):
            continue
        answered = gave(ballots, told.name, asked.codes)
        assert len(answered) >= FLOOR
        blocks = [gave(ballots, told.name, block.codes) for block in told.blocks]
        base = everyone if asked.tells_apart else answered
        for people in blocks:
            assert not is_few(people), "a block of few"
            assert not is_few(base - people), "few are left over"
        if asked.shape != "several":
            assert sum(map(len, blocks)) == len(base)
        if asked.after:
            before = gave(ballots, asked.after, BY_NAME[asked.after].codes)
            chosen = gave(ballots, asked.after, sorted(asked.values))
            assert not is_few(chosen)
            assert not is_few(before - chosen)
        parts = [gave(ballots, "sector", part.codes) & answered for part in told.parts]
        for people in parts:
            assert not is_few(people)
        if parts:
            assert not is_few(answered - frozenset().union(*parts))


@given(ballots())
@settings(max_examples=80, deadline=None)
def test_numbers_of_people_and_shares_come_in_steps_of_five(ballots: Ballots) -> None:
    publication = suppression.publish(ASKED, ballots)
    assert publication.people % 5 == 0
    assert publication.people <= len(ballots)
    assert publication.people > 0 or len(ballots) < FLOOR
    for told in publication.questions:
        assert all(block.share % 5 == 0 for block in told.blocks)
        for mean in (told.mean, told.spread, *(part.mean for part in told.parts)):
            assert mean is None or round(mean, 1) == mean


@given(ballots(), st.data())
@settings(max_examples=120, deadline=None)
def test_who_of_a_small_group_answered_what_changes_nothing_that_is_published(
    ballots: Ballots, data: st.DataObject
) -> None:
    """Two weeks in which the same answers came from other people, if these are few of a group."""
    groups = Counter(one.get("sector", NONE) for one in ballots)
    few = [code for code, number in groups.items() if number < FLOOR]
    assume(few)
    code = data.draw(st.sampled_from(few))
    inside = [place for place, one in enumerate(ballots) if one.get("sector", NONE) == code]
    # Somebody of another group that is told together with theirs.
    told = suppression.publish(ASKED, ballots)
    sector = next(each for each in told.questions if each.name == "sector")
    together = next((set(block.codes) for block in sector.blocks if code in block.codes), set())
    outside = [
        place
        for place, one in enumerate(ballots)
        if one.get("sector", NONE) in (together or groups) and place not in inside
    ]
    assume(outside)
    one, other = data.draw(st.sampled_from(inside)), data.draw(st.sampled_from(outside))
    swapped = [dict(each) for each in ballots]
    mine, theirs = (each.pop("sector", NONE) for each in (swapped[one], swapped[other]))
    swapped[one] |= {"sector": theirs} if theirs else {}
    swapped[other] |= {"sector": mine} if mine else {}
    assert suppression.publish(ASKED, swapped) == told


@given(st.lists(st.integers(0, 20), min_size=2, max_size=11))
@settings(max_examples=120, deadline=None)
def test_a_scale_is_cut_as_finely_as_can_be(counts: list[int]) -> None:
    cells = [Cells((str(place),), count) for place, count in enumerate(counts)]
    blocks = suppression.neighbours(cells)
    if not blocks:
        assert 0 < sum(counts) < FLOOR
        return
    assert [code for block in blocks for code in block.codes] == [
        str(n) for n in range(len(counts))
    ]
    assert all(block.count == 0 or block.count >= FLOOR for block in blocks)


def test_fewer_than_five_are_told_nothing_of() -> None:
    publication = suppression.publish(ASKED, [{"overall": "5"}] * 4)
    assert publication.people == 0
    assert not any(each.is_told or each.blocks or each.mean for each in publication.questions)


def test_small_answers_of_a_scale_are_told_with_their_neighbours() -> None:
    ballots = [{"overall": code} for code in "1" + "2" * 2 + "3" * 3 + "4" * 12 + "5" * 14]
    told = suppression.publish(ASKED[:1], ballots).questions[0]
    assert [(block.codes, block.share) for block in told.blocks] == [
        (("1", "2", "3"), 20),
        (("4",), 40),
        (("5",), 45),
    ]
    assert told.mean == 4.1


def test_a_question_after_an_answer_of_few_is_not_told() -> None:
    """Four of a group of twelve were asked further: neither they nor the eight can be told."""
    ballots: Ballots = [{"overall": "1", "why": "money"}] * 4 + [{"overall": "5"}] * 8
    overall, why, *_others = suppression.publish(ASKED, ballots).questions
    assert [block.codes for block in overall.blocks] == [SCALE]
    assert not why.is_told


@pytest.mark.parametrize(("people", "told"), [(0, 0), (4, 0), (5, 5), (9, 5), (33, 30)])
def test_people_are_told_in_steps_of_five(people: int, told: int) -> None:
    assert suppression.banded(people) == told
