"""Lists of certificates as pages and the director read them, and how many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from madang.certificates.models import Certificate, CertificateBatch, Kind, Spelling
from madang.core import texts
from madang.documents.models import IssuedDocument
from madang.workshops.forms.fields import language_name
from madang.workshops.models import Edition

# How a certificate stands: code → words.
STATES = {
    "listed": _("listed"),
    "numbered": _("being made"),
    "issued": _("issued"),
    "revoked": _("revoked"),
    "replaced": _("replaced"),
}


@dataclass(frozen=True)
class Numbers:
    """How many certificates of an edition hold, by kind, and how many were revoked for good."""

    attended: int
    completed: int
    revoked: int


def numbers(edition: Edition) -> Numbers:
    """How many certificates an edition issued: one query."""
    valid = Q(document__state=IssuedDocument.State.VALID)
    issued = Certificate.objects.filter(batch__edition=edition, document__isnull=False)
    return Numbers(
        **issued.aggregate(
            attended=Count("pk", filter=valid & Q(kind=Kind.ATTENDED)),
            completed=Count("pk", filter=valid & Q(kind=Kind.COMPLETED)),
            revoked=Count(
                "pk",
                filter=Q(document__state=IssuedDocument.State.REVOKED, replaced_by=None),
            ),
        )
    )


@dataclass(frozen=True)
class Row:
    """A certificate in a list, with the name that is or will be printed."""

    certificate: Certificate
    state: str
    name: str
    is_confirmed: bool

    @property
    def state_label(self) -> Any:
        """Where it stands, in words."""
        return STATES[self.state]

    @property
    def language_name(self) -> str:
        """The language that it is wanted in, named in itself."""
        return language_name(self.certificate.certificate_language)


def state_of(certificate: Certificate) -> str:
    """Where a certificate stands, as a code of `STATES`."""
    document = certificate.document
    if document is None:
        return "listed"
    if document.state == IssuedDocument.State.REVOKED:
        return "replaced" if hasattr(certificate, "replaced_by") else "revoked"
    return "issued" if certificate.file_id else "numbered"


def whole(certificates: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """Certificates with everything that a list or a page says of them."""
    return certificates.select_related(
        "participation__person__subject",
        "participation__country",
        "document",
        "file",
        "replaced_by",
        "replaces",
        "batch",
    )


def rows(certificates: Iterable[Certificate]) -> list[Row]:
    """Certificates by kind and name; two queries for any number."""
    certificates = list(certificates)
    wanted = [certificate.participation_id for certificate in certificates]
    spelled: dict[UUID, Spelling] = {
        spelling.participation_id: spelling
        for spelling in Spelling.objects.filter(participation__in=wanted)
    }
    found = [_row(certificate, spelled) for certificate in certificates]
    texts.prefetch(
        each.certificate.participation.country
        for each in found
        if each.certificate.participation.country is not None
    )
    return sorted(
        found,
        key=lambda row: (row.certificate.kind, row.certificate.participation.person.sort_key),
    )


def _row(certificate: Certificate, spelled: dict[UUID, Spelling]) -> Row:
    spelling = spelled.get(certificate.participation_id)
    person = certificate.participation.person
    name = certificate.name or (spelling.name if spelling else "") or str(person)
    return Row(certificate, state_of(certificate), name, spelling is not None)


def batches(edition: Edition) -> QuerySet[CertificateBatch]:
    """The lists of an edition, with how many are in each and how many of them are made."""
    return edition.certificate_batches.annotate(
        total=Count("certificates"),
        made=Count("certificates", filter=Q(certificates__file__isnull=False)),
    )


def as_it_will_stand(batch: CertificateBatch, content: Any) -> SafeString:
    """What a director reads: what each kind takes, its words in each language, and who gets it."""
    exempted = {each["certificate"] for each in content["certificates"] if each["by_exception"]}
    listed = rows(whole(batch.certificates.filter(replaces=None)))
    context = {
        "content": content,
        "kinds": [
            (
                Kind(kind).label,
                rule,
                [
                    (language, language_name(language), rule["title"].get(language, ""), body)
                    for language, body in rule["body"].items()
                ],
                [
                    (row, row.certificate.key in exempted)
                    for row in listed
                    if row.certificate.kind == kind
                ],
            )
            for kind, rule in content["rules"].items()
        ],
    }
    return render_to_string("certificates/_as_it_will_stand.html", context)
