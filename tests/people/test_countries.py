"""The list of countries: loaded, loaded again, and edited by the organiser."""

import pytest
from django.utils import translation

from madang.core.models import AuditEntry, StaleRecordError
from madang.people import countries, country_list
from madang.people.actions.countries import add_name, change_country, strike_name
from madang.people.actions.refusal import RefusedError
from madang.people.countries import Certainty
from madang.people.models import Country, CountryName

pytestmark = pytest.mark.django_db

ESCAP_ASSOCIATES = {"AS", "CK", "PF", "GU", "HK", "MO", "NC", "NU", "MP"}


@pytest.fixture
def loaded() -> None:
    country_list.load()


def country(alpha2: str) -> Country:
    return Country.objects.get(alpha2=alpha2)


def test_the_published_list_is_complete(loaded: None) -> None:
    by_status = {
        status: set(Country.objects.filter(status=status).values_list("alpha2", flat=True))
        for status in Country.Status.values
    }
    assert len(by_status["member"]) == 193
    assert by_status["observer"] == {"VA", "PS"}
    escap = Country.objects.filter(associate_of="escap").values_list("alpha2", flat=True)
    assert set(escap) == ESCAP_ASSOCIATES
    assert Country.objects.count() == 249
    without_region = Country.objects.filter(region="").values_list("alpha2", flat=True)
    assert list(without_region) == ["AQ"]


def test_countries_bear_the_names_of_the_united_nations(loaded: None) -> None:
    korea = country("KR")
    assert (korea.alpha3, korea.numeric) == ("KOR", "410")
    assert (korea.get_region_display(), korea.get_subregion_display()) == ("Asia", "Eastern Asia")
    assert korea.name == "Republic of Korea"
    assert country("VN").name == "Viet Nam"
    assert country("LA").formal_name == "Lao People's Democratic Republic"
    assert country("MM").formal_name == "Republic of the Union of Myanmar"
    assert country("CI").sort_key == "cote divoire"


def test_countries_are_named_in_the_language_of_the_interface(loaded: None) -> None:
    with translation.override("fa"):
        assert str(country("KR")) == "جمهوری کره"
        assert str(country("IR")) == "ایران (جمهوری اسلامی)"
        assert not [each for each in Country.objects.all() if each.wording("name").isascii()]


def test_loading_again_changes_nothing(loaded: None) -> None:
    before = list(Country.objects.values_list("pk", "version"))
    again = country_list.load()
    assert (again.added, again.updated, again.names) == (0, 0, 0)
    assert list(Country.objects.values_list("pk", "version")) == before


def test_a_newer_list_updates_what_nobody_edited(loaded: None) -> None:
    Country.objects.filter(alpha2="TR").update(name="Turkey")
    assert country_list.load().updated == 1
    assert country("TR").name == "Türkiye"


def test_what_the_organiser_edited_stays(loaded: None) -> None:
    change_country(country("KR"), actor=None, name="Korea", names={"fa": "کره"}, is_listed=False)
    assert country_list.load().kept == 1
    korea = country("KR")
    assert (korea.name, korea.is_listed) == ("Korea", False)
    assert korea.wording("name", "fa") == "کره"
    assert countries.match("Korea").country == korea


def test_a_new_name_is_recognised_and_the_old_one_stays_so(loaded: None) -> None:
    fields = change_country(country("KG"), actor=None, name="Kyrgyz Land")
    assert fields == ["name"]
    for text in ("Kyrgyz Land", "Kyrgyzstan"):
        assert countries.match(text).country == country("KG")


def test_a_change_is_in_the_audit_trail_by_its_fields_only(loaded: None) -> None:
    change_country(country("FJ"), actor=None, formal_name="Fiji", names={"fa": "فیجی‌ها"})
    entries = {entry.verb: entry for entry in AuditEntry.objects.all()}
    assert {entry.thing_id for entry in entries.values()} == {country("FJ").pk}
    assert entries["country.changed"].facts == {"fields": ["formal_name"]}
    assert entries["country.translated"].facts == {"fields": ["name"], "language": "fa"}


def test_saving_without_a_change_writes_nothing(loaded: None) -> None:
    assert change_country(country("FJ"), actor=None, name="Fiji", is_listed=True) == []
    assert not country("FJ").is_edited
    assert not AuditEntry.objects.exists()


def test_two_editors_do_not_overwrite_each_other(loaded: None) -> None:
    seen = country("FJ").version
    change_country(country("FJ"), actor=None, name="Fiji Islands", expected_version=seen)
    with pytest.raises(StaleRecordError):
        change_country(country("FJ"), actor=None, name="Viti", expected_version=seen)
    assert country("FJ").name == "Fiji Islands"


def test_a_country_cannot_take_the_name_of_another(loaded: None) -> None:
    with pytest.raises(RefusedError, match="Lists mean Nigeria"):
        change_country(country("NE"), actor=None, name="Nigeria")
    assert country("NE").name == "Niger"
    with pytest.raises(RefusedError, match="Lists mean Nigeria"):
        add_name(country("NE"), actor=None, text="NIGERIA")


@pytest.mark.parametrize("text", ["", " … ", "the", "x" * 300])
def test_a_spelling_needs_letters_and_an_end(loaded: None, text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        add_name(country("NE"), actor=None, text=text)
    assert refused.value.field == "text"


def test_an_associate_member_is_one_of_a_commission(loaded: None) -> None:
    with pytest.raises(RefusedError, match="commission"):
        change_country(country("TK"), actor=None, status="associate")
    change_country(country("TK"), actor=None, status="associate", associate_of="escap")
    change_country(country("TK"), actor=None, status="other")
    assert country("TK").associate_of == ""


def test_an_added_spelling_is_recognised_at_once(loaded: None) -> None:
    assert countries.match("Land of the Morning Calm").certainty is Certainty.NONE
    add_name(country("KR"), actor=None, text="Land of the Morning Calm", language="en")
    assert countries.match("LAND OF MORNING CALM").country == country("KR")
    assert AuditEntry.objects.get().facts == {"language": "en"}


def test_a_spelling_that_was_struck_out_does_not_come_back(loaded: None) -> None:
    struck = CountryName.objects.get(normalized="england")
    strike_name(struck, actor=None)
    country_list.load()
    assert countries.match("England").certainty is Certainty.NONE
    add_name(country("GB"), actor=None, text="England")
    assert countries.match("England").country == country("GB")


def test_a_name_that_pages_show_is_not_struck_out(loaded: None) -> None:
    shown = CountryName.objects.get(normalized="fiji")
    with pytest.raises(RefusedError, match="Pages show this name"):
        strike_name(shown, actor=None)


def test_choices_are_in_alphabetical_order_of_the_language(loaded: None) -> None:
    Country.objects.filter(alpha2="AX").update(is_listed=False)
    english = [name for _key, name in countries.choices()]
    assert english[:3] == ["Afghanistan", "Albania", "Algeria"]
    assert english.index("Côte d'Ivoire") < english.index("Croatia")
    assert len(english) == 248
    with translation.override("fa"):
        persian = [name for _key, name in countries.choices()]
    # آ, ا, ب, پ: the code points of the alphabet stand in another order.
    assert persian[0].startswith("آ")
    assert persian.index("بوتان") < persian.index("پاکستان") < persian.index("تایلند")
    assert persian.index("چین") < persian.index("دانمارک") < persian.index("ژاپن")
    assert persian.index("گرجستان") < persian.index("لبنان") < persian.index("یونان")


def test_choices_cost_two_queries(loaded: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        countries.choices()


def test_a_list_is_matched_with_two_queries(loaded: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        index = countries.Index.read()
        assert [index.match(text).country is None for text in ("PNG", "Nowhere", None)] == [
            False,
            True,
            True,
        ]
