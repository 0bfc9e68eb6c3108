"""People's names: kept as they are written, with what may be odd about them said."""

import re

from madang.nominations.reading import contacts, texts
from madang.nominations.reading.spot import Spot, suggest

# Where the family's name comes first, in the country's own usage.
FAMILY_FIRST = frozenset({"CN", "HK", "HU", "JP", "KH", "KP", "KR", "MN", "MO", "TW", "VN"})
# Scripts whose names are written without a space between family and given name.
JOINED = frozenset({"Han", "Hangul"})
TITLE = re.compile(
    r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|professor|eng|engr|h\.?\s?e|hon|the hon|his excellency|"
    r"her excellency|sir|madam|mme|m|mlle|г-н|г-жа|آقای|خانم|دکتر|مهندس)\.?\s+)+",
    re.IGNORECASE,
)
SURE_TITLE = re.compile(r"(?:mr|mrs|ms|dr|prof|engr?|hon|mme|mlle|h\.?\s?e)\.?\s", re.IGNORECASE)
LINK = re.compile(r"https?:|www\.", re.IGNORECASE)
FEWEST_CAPITALS = 3


def name(spot: Spot) -> str | None:
    """The reader of names and of parts of names."""
    text = texts.of(spot)
    if text is None:
        return None
    if LINK.search(text) or contacts.is_address(text) or not any(map(str.isalpha, text)):
        spot.wrong("not_a_name")
        return None
    if texts.looked_through(spot, text) is None:
        return None
    if any(map(str.isdigit, text)):
        spot.odd("digits_in_name")
    _look_at_parts(spot, text)
    _look_at_letters(spot, text)
    return text


def whole(family: str, given: str, country: str | None) -> tuple[str, str]:
    """A name in the order usual for it, and which that is: family_first, given_first or single.

    Someone with one name has no family name, or nothing else.
    """
    if not family or not given:
        return family or given, "single"
    scripts = set(texts.scripts_of(family + given))
    if len(scripts) == 1 and scripts <= JOINED:
        return f"{family}{given}", "family_first"
    if country in FAMILY_FIRST:
        return f"{family} {given}", "family_first"
    return f"{given} {family}", "given_first"


def _look_at_parts(spot: Spot, text: str) -> None:
    if spot.field.key == "name" and text.count(",") == 1 and not text.endswith(","):
        family, given = (part.strip() for part in text.split(","))
        spot.odd("comma_in_name", suggest(f"{given} {family}"))
    elif SURE_TITLE.match(text) and (found := TITLE.match(text)):
        bare = text[found.end() :]
        if bare:
            spot.odd("title_in_name", suggest(bare), title=found.group().strip())


def _look_at_letters(spot: Spot, text: str) -> None:
    for word in re.findall(r"[^\W\d_]+", text):
        scripts = texts.scripts_of(word)
        if len(scripts) > 1 and "Han" not in scripts:
            spot.odd("mixed_scripts", word=word, scripts=" + ".join(scripts))
            return
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) >= FEWEST_CAPITALS and text.isupper() and text.lower() != text:
        spot.note("capitals", text)
