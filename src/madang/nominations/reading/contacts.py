"""E-mail addresses and telephone numbers in cells."""

import re

from madang.nominations.reading import figures, texts, words
from madang.nominations.reading.spot import Spot, suggest

LOCAL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\u0080-\uffff-]{1,64}"
LABEL = r"[A-Za-z0-9\u0080-\uffff](?:[A-Za-z0-9\u0080-\uffff-]{0,61}[A-Za-z0-9\u0080-\uffff])?"
ADDRESS = re.compile(rf"(?!\.)(?!.*\.\.)(?!.*\.@){LOCAL}@(?:{LABEL}\.)+[A-Za-z\u0080-\uffff][\w-]+")
LONGEST_ADDRESS = 254
SEPARATORS = re.compile(r"[\s;,/|]+")
WIDE = str.maketrans({"＠": "@", "。": ".", "．": "."})
FEWEST_DIGITS = 6
PHONE_SIGNS = re.compile(
    r"[\d+\-\s().,/;:#*]+|.*\b(?:ext|x|int|доб|tel|mob|fax|m|t|o)\b.*", re.IGNORECASE
)


def email(spot: Spot) -> str | None:
    """The reader of addresses: the domain without capitals; nothing else is mended unasked."""
    text = texts.of(spot)
    if text is None:
        return None
    plain = text.removeprefix("mailto:").removeprefix("MAILTO:")
    if not is_address(plain):
        _doubt_address(spot, text)
        return None
    local, _at, domain = plain.rpartition("@")
    address = f"{local}@{domain.lower()}"
    if address != text:
        spot.note("email_case" if len(address) == len(text) else "email_prefix", address)
    return address


def is_address(text: str) -> bool:
    """Whether mail can be sent there, by its form."""
    return len(text) <= LONGEST_ADDRESS and ADDRESS.fullmatch(text) is not None


def _doubt_address(spot: Spot, text: str) -> None:
    if words.is_to_be_told(text):
        spot.doubt("to_be_told")
        return
    several = [part for part in SEPARATORS.split(text) if is_address(part.strip("<>()"))]
    bare = [part.strip("<>()") for part in several]
    if len(bare) > 1:
        spot.doubt("email_several", *(suggest(part) for part in bare[:3]))
        return
    mended = _mended(text)
    if is_address(mended):
        code = "email_space" if mended == re.sub(r"\s", "", text) else "email_mended"
        spot.doubt(code, suggest(mended), mended=mended)
    elif bare:
        spot.doubt("email_mended", suggest(bare[0]), mended=bare[0])
    else:
        spot.wrong("not_an_email")


def _mended(text: str) -> str:
    """What an address most likely was before it was typed: the common slips undone."""
    inner = re.search(r"<([^<>]+@[^<>]+)>", text)
    plain = (inner.group(1) if inner else text).translate(WIDE)
    plain = re.sub(r"\s*[(\[]\s*(?:at|AT|a)\s*[)\]]\s*", "@", plain)
    plain = re.sub(r"\s*[(\[]\s*(?:dot|DOT)\s*[)\]]\s*", ".", plain)
    plain = re.sub(r"\s", "", plain).strip(".,;:<>()[]\"'")
    plain = re.sub(r"(?i)^(?:e-?mail:|mailto:)", "", plain)
    return re.sub(r"@+", "@", plain.replace(",", "."))


def phone(spot: Spot) -> str | None:
    """The reader of telephone numbers, which are kept as they are written."""
    text = texts.of(spot)
    if text is None:
        return None
    plain = figures.ascii_digits(text).lstrip("'")
    if plain != text:
        spot.note("digits", plain)
    if isinstance(spot.cell, int | float):
        spot.note("phone_as_number", plain)
    if texts.looked_through(spot, plain) is None:
        return None
    if sum(letter.isdigit() for letter in plain) < FEWEST_DIGITS:
        spot.odd("phone_short")
    elif not PHONE_SIGNS.fullmatch(plain):
        spot.odd("phone_letters")
    return plain
