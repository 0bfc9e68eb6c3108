"""Countries in cells."""

from typing import Any, Protocol

from madang.nominations.reading import texts
from madang.nominations.reading.folding import fold
from madang.nominations.reading.rows import Suggestion
from madang.nominations.reading.spot import Spot, suggest


class Countries(Protocol):
    """What knows countries: `people.countries.Index`, read once for a file."""

    def match(self, text: str | None) -> Any:
        """A `people.countries.Match`."""


class Known:
    """The countries of one file: a list names few, many times over."""

    def __init__(self, countries: Countries) -> None:
        self._countries = countries
        self._matches: dict[str, Any] = {}

    def match(self, text: str) -> Any:
        """The match of a text, asked once."""
        found = self._matches.get(text)
        if found is None:
            found = self._matches[text] = self._countries.match(text)
        return found

    def read(self, spot: Spot) -> str | None:
        """The reader of countries: a name or code that the organiser's list holds, as its code."""
        text = texts.of(spot)
        if text is None:
            return None
        match = self.match(text)
        offered = tuple(_suggestion(country) for country in match.candidates)
        if match.country is None:
            spot.wrong("country_unknown", *offered)
            return None
        if match.certainty.value != "exact":
            spot.doubt("country_likely", _suggestion(match.country), country=match.country.name)
            return None
        if fold(text) != fold(match.country.name):
            spot.note("country_read", match.country.name)
        code: str = match.country.alpha2
        return code

    def of_address(self, email: str) -> Suggestion | None:
        """The country whose code an address names: "…@lka.example.org", "…@ict.gov.lk"."""
        labels = email.rpartition("@")[2].casefold().split(".")
        codes = [labels[-1]] if len(labels[-1]) == 2 else []
        codes += [label for label in labels[:-1] if len(label) == 3 and label != "com"]
        for code in codes:
            match = self.match(code)
            if match.country is not None and match.certainty.value == "exact":
                return _suggestion(match.country)
        return None


def _suggestion(country: Any) -> Suggestion:
    return suggest(country.alpha2, country.name)
