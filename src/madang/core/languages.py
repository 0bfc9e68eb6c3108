"""Languages of text that people write, and in which order to fall back."""

from django.conf import settings
from django.utils.translation import get_language

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi", "prs", "ckb"})


def base(language: str) -> str:
    """The language without its region or script: `fa` of `fa-AF`."""
    return language.partition("-")[0].lower()


def direction(language: str) -> str:
    """`"rtl"` or `"ltr"`, for a `dir` attribute."""
    return "rtl" if base(language) in RIGHT_TO_LEFT else "ltr"


def fallbacks(language: str | None = None, *, source: str = "") -> list[str]:
    """Languages to try in turn: the one asked for, its base, the installation's own, the source."""
    wanted = language or get_language() or settings.LANGUAGE_CODE
    order = [wanted, base(wanted), base(settings.LANGUAGE_CODE), source]
    return list(dict.fromkeys(code for code in order if code))
