"""Certificates on paper: what stands on each, as data for their template (`certificate.typ`).

Words and signatures come from what the director approved (`actions.batches.content`), word for
word; names from the rows of the certificates.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from madang.certificates.models import Certificate
from madang.cohorts import letter_papers, letter_wordings
from madang.core import files, languages, texts
from madang.documents import qr, verification
from madang.documents.typesetting import ACCESSIBLE, typeset_many_apart
from madang.workshops.models import Edition

TEMPLATE = "certificates/certificate.typ"
SIGNATURE = "signature"
# Any of the eight patterns of a QR code; the best of them would take longer than the rest.
MASK = 2

Content = Mapping[str, Any]


@dataclass
class Writer:
    """Writes the data of certificates of one edition from one approved content."""

    edition: Edition
    content: Content
    # The day of certificates that have no number yet.
    day: date
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    # Whether this is to look at only: no number, no signature, and a mark across the page.
    is_draft: bool = False

    def data(self, certificate: Certificate) -> dict[str, Any]:
        """What the template shows, as plain JSON."""
        rule = self.content["rules"][certificate.kind]
        chosen = texts.choose(rule["body"], rule["language"], certificate.certificate_language)
        language = chosen.language
        document = certificate.document
        address = verification.address(document) if document is not None else ""
        heading = str(self._of(rule, "title", language))
        framed = _frame_language(language)
        with translation.override(framed):
            words = _words()
        is_latin = letter_papers.main_script(certificate.name) == "LATIN"
        return {
            "language": languages.base(language),
            "words": words,
            "words_language": framed,
            "is_draft": self.is_draft,
            "is_latin": letter_papers.main_script(str(chosen)) == "LATIN",
            "title": heading,
            "heading": heading,
            "author": str(self._of(self.content["scheme"], "issuer", language)),
            "issuer": self._said("issuer", language),
            "opening": str(self._of(rule, "opening", language)),
            "name": certificate.name,
            "latin_name": "" if is_latin else certificate.latin_name,
            "body": letter_wordings.fill(str(chosen), self._values(language)),
            "signatories": self._signatories(language),
            "number": document.reference if document is not None else "—",
            "date": letter_papers.dated(document.issued_on if document else self.day, framed),
            "code": verification.code(document) if document is not None else "",
            "address": address,
            "shown_address": address.partition("://")[2],
            "qr": qr.svg(address, mask=MASK) if address else "",
        }

    def _values(self, language: str) -> dict[str, str]:
        edition = self.edition
        return {
            "workshop": letter_papers.own_direction(edition.wording("title", language), language),
            "dates": letter_papers.dates_of(edition, language),
            "place": letter_papers.place_of(edition, language),
            "venue": str(edition.wording("venue", language)),
        }

    def _signatories(self, language: str) -> list[dict[str, Any]]:
        has_picture = SIGNATURE in self.pictures and not self.is_draft
        found = [
            {
                "name": self._said("signatory", language),
                "position": self._said("signatory_position", language),
                "has_signature": has_picture,
            }
        ]
        if self._of(self.content["scheme"], "second_signatory", language):
            found.append(
                {
                    "name": self._said("second_signatory", language),
                    "position": self._said("second_position", language),
                    "has_signature": False,
                }
            )
        return found

    def _said(self, name: str, language: str) -> letter_papers.Said:
        return letter_papers.said(self._of(self.content["scheme"], name, language), language)

    @staticmethod
    def _of(part: Content, name: str, language: str) -> texts.Wording:
        return texts.choose(part[name], part["language"], language)


def typeset(writer: Writer, certificates: Sequence[Certificate]) -> list[bytes | str]:
    """The PDF of each, or the sentence of why it can't be set, in one short process.

    A name in letters for which there is no font here is printed in Latin letters, where it is given
    in these.
    """
    data = [writer.data(certificate) for certificate in certificates]
    made = _set(writer, data)
    again = [
        place
        for place, pdf in enumerate(made)
        if isinstance(pdf, str) and data[place]["latin_name"]
    ]
    if again:
        spare = [
            data[place] | {"name": data[place]["latin_name"], "latin_name": ""} for place in again
        ]
        for place, pdf in zip(again, _set(writer, spare), strict=True):
            made[place] = pdf
    return made


def _set(writer: Writer, data: Sequence[Mapping[str, Any]]) -> list[bytes | str]:
    return typeset_many_apart(TEMPLATE, data, pictures=writer.pictures, standard=ACCESSIBLE)


def pictures(scheme: Any) -> dict[str, bytes]:
    """The picture of the signature, where there is one."""
    found = files.of(scheme).select_related("subject")
    return {file.name.rpartition(".")[0]: files.content(file) for file in found}


def _words() -> dict[str, str]:
    """The few words of the frame."""
    return {
        "number": _("No."),
        "date": _("Date:"),
        "verify": _("Verify at"),
        "code": _("Code:"),
        "qr": _("QR code of the address where this certificate is verified"),
        "signature": _("Signature"),
        "draft": _("Draft"),
    }


def _frame_language(language: str) -> str:
    """The language of the frame: the certificate's, where Madang speaks it."""
    from django.conf import settings

    base = languages.base(language)
    return base if base in dict(settings.LANGUAGES) else "en"
