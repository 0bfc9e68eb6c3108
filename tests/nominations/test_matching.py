"""The same person is recognised in other spellings and scripts; namesakes are only asked about."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madang.nominations.reading.likeness import Name, likeness
from madang.nominations.reading.matching import Band, Pair, Someone, same_people


def someone(key: str, name: str, **more: str) -> Someone:
    return Someone(key, name, country=more.pop("country", "NP"), **more)


def pair(one: Someone, other: Someone) -> Pair | None:
    found = same_people([one], [other])
    return found[0] if found else None


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Karma Wangchuk", "KARMA  WANGCHUK", "same_name"),
        ("Wangchuk Karma", "Karma Wangchuk", "name_order"),
        ("Dr. Sonam Tshering", "Sonam Tshering", "same_name"),
        ("Nguyễn Văn Hùng", "Nguyen Van Hung", "same_name"),
        ("Саидов Farrukh", "Farrukh Saidov", "name_script"),
        ("Абдрахманов Ерлан", "Yerlan Abdrakhmanov", "name_script"),
        ("احمدی حمید", "Hamid Ahmadi", "name_script"),
        ("李芳", "Li Fang", "name_script"),
        ("王小明", "Wang Xiaoming", "name_script"),
        ("박성호", "Park Sung-ho", "name_script"),
        ("이지우", "Lee Ji-woo", "name_script"),
        ("Chea សុខា", "Chea Sokha", "name_script"),
        ("Бат-Эрдэнэ Мөнх", "Bat-Erdene Munkh", "name_script"),
        ("Muhammad Usman Khan", "Mohammed Usman Khan", "name_script"),
        ("Oyuntsetseg Ganbold", "Oyuntsetseg Ganbolt", "name_alike"),
        ("J. M. Reyes", "Jose Maria Reyes", "name_initials"),
        ("Ma. Theresa Santos", "Theresa Santos", "name_part"),
        ("Sutrisno", "Sutrisno Wibowo", "name_part"),
    ],
)
def test_one_name_in_two_ways(one: str, other: str, reason: str) -> None:
    assert likeness(Name(one), Name(other)).reason == reason
    assert likeness(Name(other), Name(one)) == likeness(Name(one), Name(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nguyễn Văn Hùng", "Nguyễn Văn Dũng"),
        ("Hassan Rasheed", "Hassan Ibrahim"),
        ("Karma Tshering", "Sonam Tshering"),
        ("Ruth Kila", "Ruth Wari"),
        ("Trần Minh Đức", "Phạm Minh Đức"),
        ("Kim Min-jun", "Kim Ji-woo"),
        ("李芳", "李伟"),
        ("", "Karma"),
        ("!!!", "???"),
    ],
)
def test_two_names(one: str, other: str) -> None:
    assert likeness(Name(one), Name(other)).reason == "other_name"


def test_a_repeat_with_the_address_in_capitals_or_with_a_space_is_the_same() -> None:
    first = someone("1", "Karma Wangchuk", email="karma@btn.example.org")
    for written in ("KARMA@BTN.EXAMPLE.ORG", "karma @btn.example.org"):
        found = pair(someone("2", "WANGCHUK Karma", email=written), first)
        assert found is not None
        assert (found.band, found.reasons[0]) == (Band.SAME, "name_order")


def test_a_number_proves_it_where_no_address_speaks_against_it() -> None:
    first = someone("1", "Anita Iyer", phone="+91 98765 43210", organisation="Open Data Society")
    again = someone("2", "Anita Iyer", phone="098765-43210", organisation="Open data society")
    found = pair(again, first)
    assert found is not None
    assert found.band is Band.SAME
    other = Someone("3", "Anita Iyer", "a@ind.example.org", "09876543210", "Ministry of Planning")
    against = pair(
        other, Someone("1", "Anita Iyer", "b@ind.example.org", "09876543210", "Institute")
    )
    assert against is not None
    assert against.band is Band.MAYBE


def test_namesakes_of_one_country_are_asked_about_with_what_speaks_against_it() -> None:
    found = pair(
        someone("1", "Azman Haji Yusof", email="a@brn.example.org", organisation="Ministry"),
        someone("2", "Azman Haji Yusof", email="b@brn.example.org", organisation="University"),
    )
    assert found is not None
    assert found.band is Band.MAYBE
    assert found.reasons == (
        "same_name", "same_country", "other_email", "other_organisation",
    )  # fmt: skip
    assert "but another e-mail address" in found.sentences


def test_namesakes_of_different_countries_are_different_unless_more_speaks_for_it() -> None:
    one = someone("1", "Wei Wang", country="CN")
    assert pair(one, someone("2", "Wei Wang", country="SG")) is None
    assert pair(one, someone("2", "Wei Wang", country="")) is not None
    both = {"organisation": "Institute of Technology"}
    found = pair(someone("1", "Wei Wang", **both), someone("2", "Wei Wang", country="SG", **both))
    assert found is not None
    assert "other_country" in found.reasons


def test_an_office_that_shares_an_address_or_number_is_not_one_person() -> None:
    shared = {"email": "focal@npl.example.org", "phone": "+977 1 4211234"}
    found = pair(someone("1", "Anita Iyer", **shared), someone("2", "Bikash Gurung", **shared))
    assert found is not None
    assert (found.band, "other_name" in found.reasons) == (Band.MAYBE, True)
    number = {"phone": "+977 1 4211234"}
    assert (
        pair(someone("1", "Anita Iyer", **number), someone("2", "Bikash Gurung", **number)) is None
    )


def test_an_extension_is_no_telephone_number() -> None:
    assert (
        pair(someone("1", "Anita Iyer", phone="1234"), someone("2", "A Shrestha", phone="1234"))
        is None
    )


def test_a_short_name_within_a_long_one_needs_the_same_office() -> None:
    office = {"organisation": "e-Government Agency"}
    assert pair(someone("1", "Sutrisno"), someone("2", "Sutrisno Wibowo")) is None
    assert pair(someone("1", "Sutrisno", **office), someone("2", "Sutrisno Wibowo", **office))


def test_the_later_candidate_repeats_the_earlier_and_the_surest_comes_first() -> None:
    people = [
        someone("5", "Ruth Kila", email="r@png.example.org"),
        someone("6", "Ruth Kila", email="k@png.example.org"),
        someone("7", "RUTH KILA", email="R@png.example.org"),
    ]
    assert [(pair.one, pair.other, pair.band) for pair in same_people(people)] == [
        ("7", "5", Band.SAME),
        ("6", "5", Band.MAYBE),
        ("7", "6", Band.MAYBE),
    ]


def test_those_who_are_known_are_not_compared_with_each_other() -> None:
    known = [someone("a", "Ruth Kila"), someone("b", "Ruth Kila")]
    assert same_people([someone("1", "Grace Wari")], known) == []
    assert {pair.other for pair in same_people([someone("1", "Ruth Kila")], known)} == {"a", "b"}


def test_of_a_name_that_very_many_share_only_the_nearest_are_listed() -> None:
    people = [
        someone(str(number), "Karma Wangchuk", email=f"{number}@btn.example.org")
        for number in range(300)
    ]
    people.append(someone("again", "KARMA WANGCHUK", email="7@BTN.example.org"))
    pairs = same_people(people)
    assert [(pair.one, pair.other) for pair in pairs if pair.band is Band.SAME] == [("again", "7")]
    assert len(pairs) < 300 * 6


def test_nobody_is_compared_with_themselves() -> None:
    people = [someone("1", "Mei Ling a/l Subramaniam"), someone("2", "Domingos da Costa")]
    assert same_people(people) == []
    assert same_people([]) == []


TEXTS = st.text(max_size=20)
ANYBODY = st.builds(
    Someone,
    key=st.uuids().map(str),
    name=TEXTS | st.sampled_from(["Ruth Kila", "Kila, R.", "李芳", "Li Fang", "이", "a"]),
    email=TEXTS,
    phone=TEXTS,
    organisation=TEXTS,
    country=st.sampled_from(["", "NP", "CN"]),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(ANYBODY, max_size=8), st.lists(ANYBODY, max_size=4))
def test_any_texts_are_compared(candidates: list[Someone], known: list[Someone]) -> None:
    pairs = same_people(candidates, known)
    keys = {someone.key for someone in candidates}
    for found in pairs:
        assert found.one in keys
        assert found.one != found.other
        assert 0 <= found.score <= 1
        assert found.reasons
        assert all(found.sentences)
    assert len({frozenset((pair.one, pair.other)) for pair in pairs}) == len(pairs)
