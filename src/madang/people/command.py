"""Commands on countries: `madang import countries [FILE]`, `madang export countries FILE`.

Those on accounts are in `people.account_commands`.
"""

import argparse
from pathlib import Path

from madang.core.commands import CommandError, Registry, say, say_json, warn
from madang.people import account_commands


def add_commands(registry: Registry) -> None:
    """Add the commands of people."""
    registry.add(
        "import",
        "countries",
        import_countries,
        help="bring the list of countries up to date, from this release or from an edited file",
        arguments=_import_arguments,
    )
    registry.add(
        "export",
        "countries",
        export_countries,
        help="write the list of countries with all their spellings to a file",
        arguments=_export_arguments,
    )
    account_commands.add_commands(registry)


def import_countries(options: argparse.Namespace) -> int:
    """Load the published list, or take what a file says of names, status and spellings."""
    from madang.people import country_list, country_sheets

    if options.file is None:
        loaded = country_list.load()
        _answer(
            options,
            vars(loaded),
            f"{loaded.added} countries added, {loaded.updated} updated, "
            f"{loaded.kept} kept as they were edited here, {loaded.names} spellings added.",
        )
        return 0
    try:
        lines = country_sheets.read(options.file)
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{options.file} can't be read: {error}.") from error
    taken = country_sheets.take(lines, actor=None)
    for sentence in taken.refused:
        warn(sentence)
    _answer(
        options,
        vars(taken),
        f"Nothing was taken: {len(taken.refused)} of {taken.rows} rows need mending."
        if taken.refused
        else f"{taken.rows} rows: {taken.changed} countries changed, "
        f"{taken.spellings} spellings added.",
    )
    return 1 if taken.refused else 0


def export_countries(options: argparse.Namespace) -> int:
    """Write CSV, XLSX or JSON, by the ending of the file's name."""
    from madang.core import exports
    from madang.people import country_sheets
    from madang.people.models import Country

    table = country_sheets.table(list(Country.objects.all()))
    path: Path = options.file
    try:
        if path.suffix == ".xlsx":
            with path.open("wb") as file:
                exports.write_xlsx(table, file)
        elif path.suffix in {".csv", ".json"}:
            lines = exports.csv_lines(table) if path.suffix == ".csv" else exports.json_lines(table)
            with path.open("w", encoding="utf-8", newline="") as text:
                text.writelines(lines)
        else:
            raise CommandError("Give the file a name that ends in .csv, .xlsx or .json.")
    except OSError as error:
        raise CommandError(f"{path} can't be written: {error}.") from error
    return 0


def _answer(options: argparse.Namespace, values: dict[str, object], sentence: str) -> None:
    if options.json:
        say_json(values)
    else:
        say(sentence)


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        help="CSV or XLSX as `madang export countries` writes it; without it, this release's list",
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="ends in .csv, .xlsx or .json")
