"""Countries as the database holds them: matched against texts, offered, searched, in order.

How a text is matched is said in `people.country_matching`.
"""

from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from madang.core import texts
from madang.people import country_matching
from madang.people.country_matching import NO_MATCH, SHARED, Certainty, Match, slips
from madang.people.country_names import normalize, sort_key
from madang.people.models import Country, CountryName

__all__ = [
    "SHARED",
    "Certainty",
    "Index",
    "Match",
    "choices",
    "in_order_of_names",
    "match",
    "names_of",
    "normalize",
    "search",
    "slips",
    "sort_key",
]

# The order of the alphabet is not that of the code points; آ comes before ا.
PERSIAN_ALPHABET = "ءابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_PERSIAN_ORDER = {letter: chr(0x600 + place) for place, letter in enumerate(PERSIAN_ALPHABET)}


class Index(country_matching.Index):
    """All names and codes as the database holds them: read in two queries."""

    @classmethod
    def read(cls) -> "Index":
        """The index as the database holds it now."""
        names = CountryName.objects.filter(is_used=True).values_list("normalized", "country_id")
        return cls(Country.objects.all(), names)


def match(text: str | None) -> Match:
    """The country that one text means. A list is matched against one `Index.read()`."""
    written = str(text or "").strip()
    name = normalize(written)
    if not name and len(written) != 2:
        return NO_MATCH
    return Index.read().match(written)


def in_order_of_names(countries: Iterable[Country], language: str | None = None) -> list[Country]:
    """Countries in the alphabetical order of their names in a language (the interface's)."""
    listed = list(countries)
    texts.prefetch(listed)
    return sorted(listed, key=lambda country: _collation(country.wording("name", language)))


def choices(countries: QuerySet[Country] | None = None) -> list[tuple[str, str]]:
    """Countries offered in forms, for a `<select>`: id and name in the interface's language."""
    offered = Country.objects.filter(is_listed=True) if countries is None else countries
    ordered = in_order_of_names(offered, get_language())
    return [(country.key, str(country.wording("name"))) for country in ordered]


def search(text: str, countries: QuerySet[Country]) -> QuerySet[Country]:
    """Those of `countries` with a name, in any language or spelling, or a code like `text`."""
    written = text.strip()
    words = normalize(written).split()
    if not words and not written:
        return countries
    spelling = CountryName.objects.filter(country=OuterRef("pk"), is_used=True)
    for word in words:
        spelling = spelling.filter(normalized__contains=word)
    code = Q(alpha2__iexact=written) | Q(alpha3__iexact=written) | Q(numeric=written)
    return countries.filter(code | Exists(spelling) if words else code)


def names_of(country: Country) -> Sequence[CountryName]:
    """The names under which lists mention a country, as a person reads them."""
    used = country.names.filter(is_used=True)
    return sorted(used, key=lambda name: (name.language, _collation(name.text)))


def _collation(text: str) -> str:
    folded = sort_key(text.replace("آ", "ءا"))
    return "".join(_PERSIAN_ORDER.get(letter, letter) for letter in folded)
