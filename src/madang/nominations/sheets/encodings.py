"""In which encoding a text file was written: told by what it begins with, or guessed with care.

A guess decodes the file in every encoding that lists of this region come in, and takes the one in
which its letters are those that people use, in words of one script with capitals in their places.
"""

import codecs
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

SAMPLE = 200_000
UTF16_SHARE = 0.1
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WESTERN = "éèêëàâäáãåæçíìîïñóòôöõøœúùûüßÉÈÀÁÂÃÇÍÑÓÔÖÜÄÅØ"
SIGNS = frozenset("\N{NO-BREAK SPACE}‘’“”–—…«»°ºª€·№\u200c\u200e\u200f،؛؟")
CYRILLIC = "".join(map(chr, range(0x410, 0x450))) + "ЁёЎўІіЇїҐґ"
ARABIC = "".join(map(chr, range(0x621, 0x653))) + "پچژگکہھںےیٹڈڑ"
RARE_IN_THAI = frozenset("ฃฅฆฌฎฏฐฑฒฬฮฯๆ๐๑๒๓๔๕๖๗๘๙๏๚๛")
THAI = "".join(letter for letter in map(chr, range(0x0E01, 0x0E5B)) if letter not in RARE_IN_THAI)


def _letters(letters: str) -> Callable[[str], bool]:
    return frozenset(letters).__contains__


def _led_by(encoding: str, first: int, last: int, script: str = "") -> Callable[[str], bool]:
    """In double-byte encodings the common characters stand together: told by their first byte."""

    def is_common(letter: str) -> bool:
        in_script = not script or unicodedata.name(letter, "").startswith(script)
        return in_script and first <= letter.encode(encoding, "replace")[0] <= last

    return is_common


# By encoding, the letters beyond ASCII that are common in it; of equals the first is taken.
COMMON: dict[str, Callable[[str], bool]] = {
    "cp1252": _letters(WESTERN),
    "cp1251": _letters(CYRILLIC),
    "cp1256": _letters(ARABIC),
    "gb18030": _led_by("gb18030", 0xB0, 0xD7),
    "cp949": _led_by("cp949", 0xB0, 0xC8, "HANGUL"),
    "big5": _led_by("big5", 0xA4, 0xC6),
    "cp932": _led_by("cp932", 0x82, 0x98),
    "cp874": _letters(THAI),
    "cp1254": _letters("çğıöşüÇĞİÖŞÜâîû"),
    "cp1250": _letters("áäâăąćčçďđéęěëíîĺľłńňóöôőŕřśšşťţúůüűýźżžŁŚŠŽŻČ"),
    "cp1258": _letters(WESTERN + "ăĂâÂđĐêÊôÔơƠưƯ\u0300\u0301\u0303\u0309\u0323"),
    "mac_roman": _letters(WESTERN),
    "koi8_r": _letters(CYRILLIC),
    "cp866": _letters(CYRILLIC),
}
DOUBLE_BYTE = frozenset({"gb18030", "cp949", "big5", "cp932"})
SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC", "THAI", "HANGUL", "CJK", "HIRAGANA", "KATAKANA", "GREEK")
MOSTLY = 0.5
A_FEW_BYTES = 12


@dataclass(frozen=True)
class Decoded:
    """A text and the encoding that it was read in; `sure` where the bytes themselves tell."""

    text: str
    encoding: str
    sure: bool


def decode(content: bytes) -> Decoded:
    """The text of a file whose encoding nobody told."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return Decoded(content.decode(encoding, "replace"), encoding, sure=True)
    wide = unmarked_utf16(content)
    if wide:
        return Decoded(content.decode(wide, "replace"), wide, sure=False)
    try:
        return Decoded(content.decode("utf-8"), "utf-8", sure=True)
    except UnicodeDecodeError:
        encoding = guess(content)
        return Decoded(content.decode(encoding, "replace"), encoding, sure=False)


def guess(content: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8."""
    sample = content[:SAMPLE]
    scores = {encoding: _score(sample, encoding) for encoding in COMMON}
    return max(scores, key=lambda encoding: scores[encoding])


def unmarked_utf16(content: bytes) -> str:
    """Which UTF-16 it is that does not say so: every second byte of ASCII letters is empty."""
    sample = content[:SAMPLE]
    low, high = sample[1::2].count(0), sample[0::2].count(0)
    if max(low, high) < UTF16_SHARE * len(sample) or min(low, high) * 4 > max(low, high):
        return ""
    return "utf-16-le" if low > high else "utf-16-be"


def _score(sample: bytes, encoding: str) -> float:
    """How well a decoding reads, for each byte beyond ASCII: from below −1 up to 1."""
    try:
        # The sample may end within a character.
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return -10.0
    is_common = COMMON[encoding]
    width = 2 if encoding in DOUBLE_BYTE else 1
    total = 0.0
    beyond = 0
    for letter, times in Counter(letter for letter in text if letter > "\x7f").items():
        beyond += times * width
        if letter in SIGNS:
            continue
        total += times * width * (1.0 if is_common(letter) else -1.0)
    if encoding == "cp949" and total == beyond > A_FEW_BYTES:
        # Korean syllables are all common Chinese characters too, but seldom the other way round.
        total += 0.1 * beyond
    words = Counter(_words(text))
    total -= width * sum(_oddness(word) * times for word, times in words.items())
    return total / max(1, beyond)


def _words(text: str) -> list[str]:
    plain = "".join(letter if letter.isalpha() else " " for letter in text)
    return [word for word in plain.split() if not word.isascii()]


def _oddness(word: str) -> float:
    """What is strange in a word: scripts mixed, capitals within it, hardly a letter of ASCII."""
    scripts = {_script(letter) for letter in word}
    odd = 2.0 if len(scripts) > 1 and scripts - {"CJK", "HIRAGANA", "KATAKANA"} else 0.0
    if not (word.islower() or word.istitle() or word.isupper() or word[1:].islower()):
        has_case = any(letter.lower() != letter.upper() for letter in word)
        odd += 1.0 if has_case else 0.0
    if scripts == {"LATIN"}:
        strange = sum(letter > "\x7f" for letter in word)
        # A word of one letter tells nothing.
        odd += 1.5 * strange if strange > MOSTLY * len(word) and len(word) > 1 else 0.0
    return odd


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return next((script for script in SCRIPTS if name.startswith(script)), "")
