"""A ministry's own workbook in the demo: it is read, waits, is settled, and becomes nominations."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any

from madang.core.exports import Column, Table, Value, write_xlsx
from madang.nominations.actions import import_settling, import_writing, imports, nominations
from madang.nominations.actions.import_settling import Settled
from madang.nominations.models import Import, ImportRow
from madang.site.demo import nominees
from madang.site.demo.company import Company
from madang.site.demo.content import content
from madang.site.demo.nominating import nomination_of, organisation_of, received
from madang.site.demo.nominees import Nominee
from madang.site.demo.story import Step

HEADINGS = (
    "S. No.", "Name of nominee", "Gender", "Country", "Ministry / organisation",
    "Type of organisation", "Designation", "E-mail", "Years of experience in e-Government",
    "English (1-5)", "Attended earlier workshop", "Endorsed on",
)  # fmt: skip
SEXES = {"female": "F", "male": "M"}
SECTORS = {"government": "Govt", "academia": "University"}
LEVELS = {3: "fair", 4: "4", 5: "5"}


def steps() -> Iterator[Step]:
    """The file comes, and is settled some days later."""
    for entry in content("nominations")["countries"]:
        if entry["came"] == "file":
            yield Step(entry["at"], partial(_bring, entry=entry))
            yield Step(entry["settled"], partial(_settle, entry=entry))


def _bring(company: Company, *, entry: Mapping[str, Any]) -> None:
    letter = received(company, entry, channel="email", summary="The list of nominees, as a file.")
    batch = imports.bring(
        company.incheon,
        _workbook(company, entry),
        name="Nominations_MoCP_final(2).xlsx",
        source=letter,
        actor=company.officer,
    )
    imports.start_reading(batch, actor=company.officer)


def _workbook(company: Company, entry: Mapping[str, Any]) -> bytes:
    question = company.call.questions.get(order=1)
    listed = nominees.of(entry["code"])
    at: datetime = entry["at"]
    rows = [_row(company, number, one, at) for number, one in enumerate(listed, start=1)]
    # The ministry's first is there once more, at the end, spelt otherwise.
    again = _row(company, len(rows) + 1, listed[0], at)
    again[1] = listed[0].latin.replace("Ayesha", "Aisha")
    headings = (*HEADINGS, question.text)
    columns = [Column(f"c{place}", heading) for place, heading in enumerate(headings)]
    file = BytesIO()
    write_xlsx(Table(columns, [*rows, again]), file)
    return file.getvalue()


def _row(company: Company, number: int, one: Nominee, at: datetime) -> list[Value]:
    address = one.email.replace("@", " (at) ") if number == 4 else one.email
    return [
        number,
        one.name,
        SEXES[one.sex],
        "Pakistan" if number % 2 else "Islamic Rep. of Pakistan",
        organisation_of(company, one),
        SECTORS[one.sector],
        one.position,
        address,
        f"{one.years} yrs" if number == 5 else one.years,
        LEVELS[one.level],
        "No",
        (at - timedelta(days=number)).date(),
        "It is under way",
    ]


def _settle(company: Company, *, entry: Mapping[str, Any]) -> None:
    """The officer takes what is suggested, asks for the rest by telephone, and has it written."""
    officer = company.officer
    batch = Import.objects.get(edition=company.incheon)
    codes = {code for row in batch.rows.filter(has_doubts=True) for code in row.codes}
    import_settling.take_suggestions(batch, codes, actor=officer)
    for row in batch.rows.filter(has_doubts=True).select_related("subject"):
        if row.outcome == ImportRow.Outcome.REPEATED:
            settled = Settled(decision=ImportRow.Decision.SKIP)
        else:
            settled = Settled(cells={"english": "3"})
        import_settling.settle(batch, row, settled, actor=officer)
    import_writing.write(batch, actor=officer)
    for one in nominees.of(entry["code"]):
        if one.latin:
            latin = {"latin_name": one.latin, "sort_name": one.latin}
            nominations.change(nomination_of(company, one), latin, {}, actor=officer)
