"""One form for two spellings of a heading or a word: without case, accents and punctuation."""

from functools import lru_cache

from madang.people.country_names import sort_key

LONGEST = 300


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Letters and digits only, words in their order with one space between."""
    return sort_key(text[:LONGEST])
