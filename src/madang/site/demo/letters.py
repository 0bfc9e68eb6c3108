"""The letters of the demo: to ministries, to those invited, to embassies; each batch approved."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from madang.cohorts.actions import issuing, letterheads, letters, passports, posting
from madang.cohorts.models import LetterBatch, Letterhead, LetterKind
from madang.site.demo.company import Company, participants
from madang.site.demo.content import content, given, source
from madang.site.demo.story import Step

KINDS = (LetterKind.MINISTRY, LetterKind.INVITATION, LetterKind.VISA, LetterKind.REGRET)


def steps() -> Iterator[Step]:
    """Letterhead and wordings, passport data, and batch by batch."""
    stated = content("offers")
    yield Step(stated["letterhead"]["at"], _prepare)
    yield Step(stated["passports"]["at"], _take_passports)
    for number, entry in enumerate(stated["batches"], start=1):
        yield Step(entry["begun"], partial(_begin, entry=entry))
        # The last batch waits for the director, for whoever tries the demo.
        if "approved" in entry:
            yield Step(entry["approved"], partial(_approve, number=number))
            yield Step(entry["issued"], partial(_issue, number=number))
            yield Step(entry["issued"] + timedelta(hours=1), partial(_send, number=number))


def _prepare(company: Company) -> None:
    entry = content("offers")["letterhead"]
    values = source(entry, Letterhead) | {"prefix": entry["prefix"], "contact": entry["contact"]}
    head = letterheads.set_letterhead(
        company.incheon, values, uploads={}, expected_version=None, actor=company.officer
    )
    given(head, entry)
    for kind in KINDS:
        letterheads.begin_with_ours(company.incheon, kind, actor=company.officer)


def _take_passports(company: Company) -> None:
    """Some have told what an embassy has to know; it is invented, like them."""
    wanted = content("offers")["passports"]["of"]
    for number, one in enumerate(participants(company.incheon).values(), start=1):
        if one.country.alpha2 not in wanted:
            continue
        person = one.person
        values = {
            "name": (person.latin_name or person.name).upper(),
            "number": f"{one.country.alpha2}{7100000 + 137 * number}",
            "nationality": one.country.name,
            "born_on": date(1958, 1, 15) + timedelta(days=223 * number),
            "born_in": one.country.name,
            "issued_on": date(2005, 3, 1) + timedelta(days=11 * number),
            "expires_on": date(2010, 2, 28) + timedelta(days=11 * number),
        }
        passports.save(person, company.incheon, values, expected_version=None, actor=person.account)


def _begin(company: Company, *, entry: Mapping[str, Any]) -> None:
    """A batch, with the director at once; nobody gets a letter to an embassy without a passport."""
    officer = company.officer
    batch = letters.begin(company.incheon, entry["kind"], entry["recipients"], actor=officer)
    if batch.kind == LetterKind.VISA:
        for letter in batch.letters.filter(person__passport=None):
            letters.take_out(letter, actor=officer)
    letters.put_up(batch, director=company.director, actor=officer)


def _batch(company: Company, number: int) -> LetterBatch:
    return LetterBatch.objects.get(edition=company.incheon, number=number)


def _approve(company: Company, *, number: int) -> None:
    company.approve(_batch(company, number))


def _issue(company: Company, *, number: int) -> None:
    issuing.issue(_batch(company, number), actor=company.officer)


def _send(company: Company, *, number: int) -> None:
    posting.start(_batch(company, number), actor=company.officer)
