"""The certificates of the demo: rules, names confirmed, a list approved and issued, one mended."""

from collections.abc import Iterator
from datetime import datetime

from madang.certificates.actions import batches, holding, issuing, schemes
from madang.certificates.models import Certificate, CertificateBatch
from madang.site.demo.company import Company, participants
from madang.site.demo.content import content
from madang.site.demo.story import Step

# Of those who confirm their names on the last day, every so many forget to.
FORGETS = 5


def steps() -> Iterator[Step]:
    """Rules, names, the list, its approval, the certificates; one corrected, one shown."""
    moments = content("certificates")
    for name, act in (
        ("rules", _rules),
        ("names", _names),
        ("listed", _list),
        ("approved", _approve),
        ("issued", _issue),
        ("corrected", _correct),
        ("shown", _show),
    ):
        at: datetime = moments[name]
        yield Step(at, act)


def _rules(company: Company) -> None:
    schemes.begin(company.incheon, actor=company.officer)


def _names(company: Company) -> None:
    for number, part in enumerate(participants(company.incheon).values()):
        if number % FORGETS:
            holding.confirm_spelling(
                part,
                name=part.person.name,
                latin_name=part.person.latin_name,
                language=part.person.language if part.person.language in {"fa", "fr"} else "en",
                actor=getattr(part.person, "account", company.officer),
            )


def _list(company: Company) -> None:
    batch = batches.begin(company.incheon, actor=company.officer)
    batches.put_up(batch, director=company.director, actor=company.officer)


def _batch(company: Company) -> CertificateBatch:
    return CertificateBatch.objects.select_related("edition").get(edition=company.incheon)


def _approve(company: Company) -> None:
    company.approve(_batch(company))


def _issue(company: Company) -> None:
    issuing.issue(_batch(company), actor=company.officer)


def _held(company: Company) -> Iterator[Certificate]:
    held = Certificate.objects.filter(batch__edition=company.incheon, is_current=True)
    return iter(
        held.select_related("participation__person__subject", "batch__edition", "document")
        .order_by("participation__created_at", "kind")
    )  # fmt: skip


def _correct(company: Company) -> None:
    """Somebody's passport has a middle name that they missed on their certificate."""
    certificate = next(_held(company))
    part = certificate.participation
    first, _space, rest = (part.person.latin_name or part.person.name).partition(" ")
    holding.confirm_spelling(
        part,
        name=part.person.name if part.person.latin_name else f"{first} Mele {rest}".strip(),
        latin_name=f"{first} Mele {rest}".strip(),
        language="en",
        actor=company.officer,
    )
    issuing.issue_again(certificate, actor=company.officer)


def _show(company: Company) -> None:
    """One holder shows her name to whoever verifies."""
    *_others, last = _held(company)
    actor = getattr(last.participation.person, "account", company.officer)
    holding.show_name(last, shows=True, actor=actor)
