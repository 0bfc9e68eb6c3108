"""Commands on nominations: `madang import nominations FILE --edition SLUG`."""

import argparse
import codecs
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from madang.core.commands import CommandError, Registry, say, say_json, warn

if TYPE_CHECKING:
    from madang.nominations.actions.import_writing import Written
    from madang.nominations.models import Import
    from madang.people.models import Account
    from madang.workshops.models import Edition

LONGEST_SHEET = 80


def add_commands(registry: Registry) -> None:
    """Add the commands of nominations."""
    registry.add(
        "import",
        "nominations",
        import_nominations,
        help="take nominations from a spreadsheet: XLSX, ODS or CSV, as a ministry sent it",
        arguments=_arguments,
    )


def import_nominations(options: argparse.Namespace) -> int:
    """Read a file, say what is doubtful or wrong in it, and write what is neither.

    Everything or nothing is written. The exit code is 1 where lines are left out.
    """
    from django.db import transaction

    from madang.core.jobs import JobError
    from madang.core.media_types import UnwantedFileError
    from madang.nominations.queries import imports as queries
    from madang.people.actions.refusal import RefusedError

    edition = _edition(options.edition)
    actor = _account(options.account, edition)
    try:
        content = options.file.read_bytes()
    except OSError as error:
        raise CommandError(f"{options.file} can't be read: {error}.") from error
    try:
        with transaction.atomic():
            batch = _read(edition, content, options, actor)
            if options.accept_suggestions:
                _accept(batch, actor)
            counted = queries.counts(batch)
            left = queries.shown(batch, queries.filtered(batch, {"show": "left"}))
            if options.rejected is not None:
                _write_rejected(batch, options.rejected)
            written = _write(batch, options, actor) if counted.taken else None
            if options.dry_run:
                transaction.set_rollback(True)
    except (JobError, RefusedError, UnwantedFileError) as refused:
        raise CommandError(str(refused)) from None
    told = [{"line": it.row.number, "name": it.line.name, "why": it.fate.why} for it in left]
    if options.json:
        say_json(_document(counted, written, told, options))
    else:
        _say(counted, written, told, options)
    return 1 if told else 0


def _edition(slug: str) -> "Edition":
    from madang.workshops.models import Edition

    found = Edition.objects.select_related("series").filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no edition “{slug}”: give the name in its address.")
    return found


def _account(email: str | None, edition: "Edition") -> "Account | None":
    """In whose name the file is brought; Madang itself where nobody is named."""
    from madang.people.models import Account
    from madang.workshops.rules import plan_edition

    if email is None:
        return None
    found = Account.objects.filter(email=email.lower()).first()
    if found is None or not plan_edition.can(found, edition):
        raise CommandError(f"{email} is no account that may bring nominations to this edition.")
    return found


def _read(
    edition: "Edition", content: bytes, options: argparse.Namespace, actor: "Account | None"
) -> "Import":
    from madang.nominations.actions import imports

    how = imports.HowToRead(
        sheet=options.sheet[:LONGEST_SHEET],
        header_row=options.header_row,
        encoding=options.encoding or "",
    )
    batch = imports.bring(edition, content, name=options.file.name, actor=actor, how=how)
    imports.read_now(batch, actor=actor, report=_Progress())
    batch.refresh_from_db()
    if batch.refusal:
        raise CommandError(batch.refusal)
    if not batch.rows.exists():
        raise CommandError("No table of nominations was found: name its --sheet and --header-row.")
    return batch


def _accept(batch: "Import", actor: "Account | None") -> None:
    """Take suggestions for doubtful cells; lines on surely the same person go together.

    What can't be read at all needs a person.
    """
    from madang.nominations.actions import import_settling
    from madang.nominations.importing.judging import REPEATED
    from madang.nominations.queries import imports as queries

    codes = queries.counts(batch).codes
    import_settling.take_suggestions(batch, codes, only_doubtful=True, actor=actor)
    import_settling.decide(batch, {REPEATED}, import_settling.Decision.MERGE, actor=actor)


def _write(batch: "Import", options: argparse.Namespace, actor: "Account | None") -> "Written":
    from madang.nominations.actions import import_writing

    return import_writing.write(
        batch, take_merit=options.take_merit, actor=actor, report=_Progress()
    )


def _write_rejected(batch: "Import", path: Path) -> None:
    from madang.core import exports
    from madang.nominations.queries import imports as queries

    try:
        with path.open("wb") as file:
            exports.write_xlsx(queries.left_out(batch), file)
    except OSError as error:
        raise CommandError(f"{path} can't be written: {error}.") from error


class _Progress:
    """How far it is, on a terminal: one line that is written over."""

    def __init__(self) -> None:
        self.said = ""

    def __call__(self, done: int, total: int, message: str) -> None:
        said = f"{message} {100 * done // max(total, 1)} %"
        if said != self.said and sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{said}")
            sys.stderr.flush()
        self.said = said


def _document(
    counted: Any, written: Any, told: list[dict[str, Any]], options: argparse.Namespace
) -> dict[str, Any]:
    return {
        "lines": counted.total,
        **dict(counted.outcomes),
        "written": vars(written) if written is not None and not options.dry_run else None,
        "would_write": vars(written) if written is not None and options.dry_run else None,
        "left_out": told,
    }


def _say(
    counted: Any, written: Any, told: list[dict[str, Any]], options: argparse.Namespace
) -> None:
    from madang.nominations.actions import import_writing
    from madang.nominations.models import ImportRow

    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    for line in told:
        warn(f"Line {line['line']} ({line['name'] or 'no name'}) is left out. {line['why']}")
    outcomes = "; ".join(
        f"{counted.outcomes[value]} {label}"
        for value, label in ImportRow.Outcome.choices
        if counted.outcomes.get(value)
    )
    say(f"{counted.total} lines: {outcomes}.")
    if written is None:
        say("There is nothing to write.")
    elif options.dry_run:
        say(f"Nothing was written. It would be: {import_writing.in_words(written)}")
    else:
        say(f"Written: {import_writing.in_words(written)}")
    if options.rejected is not None:
        say(f"What is left out is in {options.rejected}, with the reasons.")


def _encoding(name: str) -> str:
    """The usual name of an encoding."""
    try:
        return codecs.lookup(name).name
    except LookupError:
        raise argparse.ArgumentTypeError(f"there is no encoding “{name}”") from None


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the spreadsheet")
    parser.add_argument("--edition", required=True, help="the edition, by the name in its address")
    parser.add_argument("--dry-run", action="store_true", help="read and tell, but write nothing")
    parser.add_argument("--sheet", default="", help="the sheet with the table (default: found out)")
    parser.add_argument(
        "--header-row",
        type=int,
        help="the row of the headings; 0: there are none (default: found out)",
    )
    parser.add_argument("--encoding", type=_encoding, help="of a CSV file (default: found out)")
    parser.add_argument(
        "--accept-suggestions",
        action="store_true",
        help="take what is suggested for a doubtful cell where only one thing is, and put lines "
        "on surely the same person together; without it, all lines with doubts are left out",
    )
    parser.add_argument(
        "--take-merit", action="store_true", help="take the merit scores of the file"
    )
    parser.add_argument(
        "--as", dest="account", metavar="EMAIL", help="the account in whose name it is done"
    )
    parser.add_argument(
        "--rejected", type=Path, metavar="OUT.xlsx", help="write the lines left out, with reasons"
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON")
