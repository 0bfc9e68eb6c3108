"""Letters on paper: what stands in each, as data for their template (`letter.typ`).

Wording and letterhead come from what the director approved (`actions.letters.content`), word for
word; names, and passport data for embassies, from their rows at the moment of typesetting.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from madang.cohorts import letter_wordings
from madang.cohorts.models import Letter, Letterhead, LetterKind, Passport
from madang.core import files, languages, locales, texts
from madang.core.texts import Wording
from madang.documents import qr, verification
from madang.documents.typesetting import ACCESSIBLE, typeset_many_apart
from madang.nominations.models import Nomination
from madang.people.models import Person
from madang.workshops.models import Edition
from madang.workshops.programme.sentences import isolated

TEMPLATE = "cohorts/letter.typ"
LOGO, SIGNATURE = "logo", "signature"
# Languages whose dates are in the solar calendar: those of embassies and tickets stand beside them.
_SOLAR = frozenset({"fa", "ps", "prs"})

Content = Mapping[str, Any]
Said = str | dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """One letter with everything that it says; `language` is the one that it is in."""

    letter: Letter
    language: str
    about: Sequence[tuple[Nomination, str]] = ()
    passport: Passport | None = None


@dataclass
class Writer:
    """Writes the data of letters of one edition from one approved content."""

    edition: Edition
    content: Content
    # The day of letters that have no number yet.
    day: date
    approved_on: date | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    # Whether this is to look at only: no number, no signature, and a mark across the page.
    is_draft: bool = False

    # --- The whole ---------------------------------------------------------------------------
    def data(self, sheet: Sheet) -> dict[str, Any]:
        """What the template shows, as plain JSON."""
        language = sheet.language
        words, words_language = letter_wordings.words(language)
        values = self.values(sheet)
        subject = self._text("subject_line", language)
        body = self._text("body", language)
        document = sheet.letter.document
        address = verification.address(document) if document is not None else ""
        approved_on = self.approved_on
        sender_lines = self._head("address", language)
        return {
            "language": languages.base(language),
            "words": words,
            "words_language": words_language,
            "is_draft": self.is_draft,
            "title": letter_wordings.fill_line(str(subject), values),
            "subject": letter_wordings.fill_line(str(subject), values),
            "author": str(self._head("sender", language)),
            "sender": _said(self._head("sender", language), language),
            "sender_lines": [
                _said(Wording(line, sender_lines.language), language)
                for line in str(sender_lines).splitlines()
                if line.strip()
            ],
            "contact": self.content["letterhead"]["contact"],
            "has_logo": LOGO in self.pictures,
            "has_signature": SIGNATURE in self.pictures and not self.is_draft,
            "reference": document.reference if document is not None else "—",
            "date": self._date(document.issued_on if document else self.day, language),
            "addressee": self._addressee(sheet, words),
            "body": letter_wordings.fill(str(body), values),
            "signatory": _said(self._head("signatory", language), language),
            "signatory_position": _said(self._head("signatory_position", language), language),
            "approved": words["approved"].format(day=self._date(approved_on, words_language))
            if approved_on is not None
            else "",
            "code": verification.code(document) if document is not None else "",
            "address": address,
            "shown_address": address.partition("://")[2],
            "qr": qr.svg(address) if address else "",
        }

    def values(self, sheet: Sheet) -> dict[str, str | Sequence[str]]:
        """What the placeholders of a letter stand for."""
        language, letter = sheet.language, sheet.letter
        found: dict[str, str | Sequence[str]] = {
            "workshop": _own_direction(self.edition.wording("title", language), language),
            "dates": self._dates(language),
            "place": locales.comma(language).join(
                _own_direction(part, language)
                for part in (
                    self.edition.wording("city", language),
                    self.edition.country.wording("name", language),
                )
                if part
            ),
            "venue": str(self.edition.wording("venue", language)),
            "country": self._country(sheet),
            "remark": letter.remark,
        }
        if letter.person is not None:
            found |= {
                "name": isolated(self._name(letter.person, language)),
                "position": letter.person.position,
                "organisation": self._organisation(sheet),
            }
        else:
            found["ministry"] = self._ministry(sheet)
            people = [self._line(nomination, language) for nomination, _code in sheet.about]
            found["names"] = people
            found["reasons"] = [
                f"{line}: {letter_wordings.reason(code, language)}"
                for line, (_nomination, code) in zip(people, sheet.about, strict=True)
            ]
        if self.content["kind"] == LetterKind.VISA:
            found |= self._passport(sheet.passport, language)
        return found

    # --- Parts ---------------------------------------------------------------------------------
    def _text(self, name: str, language: str) -> Wording:
        wording = self.content["wording"]
        return texts.choose(wording[name], wording["language"], language)

    def _head(self, name: str, language: str) -> Wording:
        head = self.content["letterhead"]
        return texts.choose(head[name], head["language"], language)

    def _addressee(self, sheet: Sheet, words: Mapping[str, str]) -> list[Said]:
        letter, language = sheet.letter, sheet.language
        if self.content["kind"] == LetterKind.VISA:
            return [words["embassy"]]
        lines: list[str] = []
        if letter.person is not None:
            lines = [
                self._name(letter.person, language),
                letter.person.position,
                self._organisation(sheet),
            ]
        else:
            lines = [self._ministry(sheet)]
        # Whoever is asked without a ministry's name is addressed by the country alone.
        return list(dict.fromkeys(line for line in (*lines, self._country(sheet)) if line))

    def _country(self, sheet: Sheet) -> str:
        letter = sheet.letter
        country = next(
            (
                thing.country
                for thing in (letter.invitation, letter.nomination, letter.participation)
                if thing is not None and thing.country is not None
            ),
            letter.person.country if letter.person is not None else None,
        )
        if country is None:
            return ""
        return _own_direction(country.wording("name", sheet.language), sheet.language)

    def _ministry(self, sheet: Sheet) -> str:
        invitation = sheet.letter.invitation
        if invitation is None or invitation.organisation is None:
            return self._country(sheet)
        named = invitation.organisation.wording("name", sheet.language)
        return _own_direction(named, sheet.language)

    def _organisation(self, sheet: Sheet) -> str:
        letter = sheet.letter
        for thing in (letter.nomination, letter.participation, letter.person):
            if thing is not None and thing.organisation is not None:
                named = thing.organisation.wording("name", sheet.language)
                return _own_direction(named, sheet.language)
        return letter.nomination.organisation_name if letter.nomination is not None else ""

    def _name(self, person: Person, language: str) -> str:
        """The name in the script of the letter, else in Latin letters, else as they write it."""
        script = main_script(str(self._text("body", language)))
        if not person.latin_name or main_script(person.name) == script:
            return str(person)
        return person.latin_name

    def _line(self, nomination: Nomination, language: str) -> str:
        parts = (self._name(nomination.person, language), nomination.person.position)
        return locales.comma(language).join(isolated(part) for part in parts if part)

    def _passport(self, passport: Passport | None, language: str) -> dict[str, str]:
        return {
            "passport_name": isolated(passport.name) if passport else "…",
            "passport_number": isolated(passport.number) if passport else "…",
            "nationality": isolated(passport.nationality) if passport else "…",
            "born_on": _passport_day(passport.born_on, language) if passport else "…",
            "born_in": isolated(passport.born_in) if passport else "…",
            "passport_issued_on": _passport_day(passport.issued_on, language) if passport else "…",
            "passport_expires_on": _passport_day(passport.expires_on, language)
            if passport
            else "…",
        }

    def _date(self, day: date, language: str) -> str:
        written = locales.calendar_date(day, "long", language=language)
        if languages.base(language) in _SOLAR:
            written += f" ({isolated(locales.calendar_date(day, 'long', language='en'))})"
        return written

    def _dates(self, language: str) -> str:
        first, last = self.edition.starts_on, self.edition.ends_on
        written = locales.date_range(first, last, language=language)
        if languages.base(language) in _SOLAR:
            written += f" ({isolated(locales.date_range(first, last, language='en'))})"
        return written


# --- Typesetting ----------------------------------------------------------------------------------
def typeset(writer: Writer, sheets: Sequence[Sheet]) -> list[bytes | str]:
    """The PDF of each letter, or the sentence of why it can't be set, in one short process."""
    return typeset_many_apart(
        TEMPLATE,
        [writer.data(sheet) for sheet in sheets],
        pictures=writer.pictures,
        standard=ACCESSIBLE,
    )


def pictures(letterhead: Letterhead) -> dict[str, bytes]:
    """The logo and the signature of a letterhead, those that it has."""
    found = {}
    for file in files.of(letterhead).select_related("subject"):
        name = file.name.rpartition(".")[0]
        if name in {LOGO, SIGNATURE}:
            found[name] = files.content(file)
    return found


def prefetch(edition: Edition, letters: Iterable[Letter]) -> None:
    """Read the texts of everything that letters name: a query for each model."""
    letters = list(letters)
    things = [
        thing
        for letter in letters
        for thing in (letter.invitation, letter.nomination, letter.participation, letter.person)
        if thing is not None
    ]
    texts.prefetch([edition])
    texts.prefetch([edition.country, *filter(None, (thing.country for thing in things))])
    texts.prefetch(filter(None, (thing.organisation for thing in things)))


def language_of(content: Content, letter: Letter) -> str:
    """The language that a letter is in: the one wanted where its text is given in it."""
    wording = content["wording"]
    return texts.choose(wording["body"], wording["language"], letter.language).language


def main_script(text: str) -> str:
    """The script most letters of a text are in, by its name in Unicode: "LATIN", "KHMER"."""
    letters = (unicodedata.name(char, "").split(" ")[0] for char in text if char.isalpha())
    found = Counter(letters).most_common(1)
    return found[0][0] if found else ""


def _said(text: Wording, language: str) -> Said:
    if not text or languages.base(text.language) == languages.base(language):
        return str(text)
    return {"text": isolated(text), "lang": languages.base(text.language)}


def _own_direction(text: Wording, language: str) -> str:
    same = languages.direction(text.language) == languages.direction(language)
    return str(text) if same or not text else isolated(text)


def _passport_day(text: str, language: str) -> str:
    """A day as passports have it: of the Gregorian calendar, whatever the language."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    solar = languages.base(language) in _SOLAR
    written = locales.calendar_date(day, "long", language="en" if solar else language)
    return isolated(written) if solar else written


def numbers_of(content: Content) -> dict[UUID, list[tuple[int, str]]]:
    """Of which nominations each letter speaks, with the code of the reason, by letter."""
    return {
        UUID(row["letter"]): [(int(number), str(code)) for number, code in row["about"]]
        for row in content["letters"]
    }
