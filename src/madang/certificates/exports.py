"""Lists of certificates as tables."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from madang.certificates.models import CertificateRule
from madang.certificates.queries.fulfilment import Standing
from madang.certificates.queries.lists import Row
from madang.core.exports import Column, Table, Value
from madang.workshops.queries import people


def standings(rules: Sequence[CertificateRule], found: Iterable[Standing]) -> Table:
    """Who fulfils what, and why not."""

    def cells() -> Iterator[tuple[Value, ...]]:
        for standing in found:
            part = standing.participation
            claims = [standing.claims[rule.kind] for rule in rules]
            yield (
                str(part.person),
                people.country_name(part),
                *(
                    value
                    for claim in claims
                    for value in (
                        _("yes") if claim.is_due else _("no"),
                        "; ".join(condition.words for condition in claim.conditions),
                    )
                ),
            )

    return Table(
        columns=(
            Column("name", _("Name")),
            Column("country", _("Country")),
            *(
                column
                for rule in rules
                for column in (
                    Column(rule.kind, rule.get_kind_display()),
                    Column(f"{rule.kind}_why", _("Why")),
                )
            ),
        ),
        rows=cells(),
    )


def certificates(rows: Iterable[Row]) -> Table:
    """The certificates of a list, with number and state."""
    return Table(
        columns=(
            Column("name", _("Name")),
            Column("country", _("Country")),
            Column("kind", _("Kind")),
            Column("number", _("Number")),
            Column("issued", _("Issued")),
            Column("state", _("State")),
        ),
        rows=(
            (
                row.name,
                people.country_name(row.certificate.participation),
                row.certificate.get_kind_display(),
                row.certificate.document.reference if row.certificate.document else "",
                row.certificate.document.issued_on if row.certificate.document else None,
                str(row.state_label),
            )
            for row in rows
        ),
    )
