"""The command line: `madang`.

Exit codes: 0 all is well, 1 something is wrong and was said, 2 the command was not understood, 130
interrupted. Django is loaded only by the commands that need it, so that `--help` answers at once.
"""

import argparse
import importlib
import sys
from pathlib import Path

import madang
from madang.core.commands import Command, CommandError, Registry
from madang.site.commands import add_commands
from madang.site.start import start_installation

GROUPS = {
    "import": "take data in from files",
    "export": "write data out to files",
    "user": "people who can sign in",
}
DESCRIPTION = """\
Workshops, strategies and a shared curriculum for e-Government leaders.

A new installation: `madang setup`, then `madang serve` and, beside it, `madang worker`.
To look around first: `madang demo`. Settings are read from the environment; see the operators'
documentation. The folder of the data is $MADANG_DATA (default: data)."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["methods"]:  # has a parser of its own, and knows nothing of the house
        from madang.methods import command

        return int(command.main(arguments[1:]) or 0)
    registry = known_commands()
    options = parser(registry).parse_args(arguments)
    command_asked: Command = options.command
    try:
        if command_asked.needs_installation:
            start_installation()
        return command_asked.run(options) or 0
    except CommandError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def known_commands() -> Registry:
    """The site's own commands and those that the apps' `command.py` add."""
    registry = Registry()
    add_commands(registry)
    for app in _apps_with_commands():
        importlib.import_module(f"madang.{app}.command").add_commands(registry)
    return registry


def _apps_with_commands() -> list[str]:
    # Looked up as files: to read INSTALLED_APPS would load settings before the command has had a
    # chance to say where the data is.
    package = Path(madang.__file__).parent
    found = (path.parent for path in package.glob("*/command.py"))
    return sorted(folder.name for folder in found if (folder / "apps.py").exists())


def parser(registry: Registry) -> argparse.ArgumentParser:
    """The parser of all commands; what is chosen is in `options.command`."""
    top = argparse.ArgumentParser(
        prog="madang",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"Madang {madang.__version__}")
    chosen = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in registry.commands.values():
        if not command.group:
            _add(chosen, command)
    for group, help_text in GROUPS.items():
        commands = registry.in_group(group)
        if commands:
            below = chosen.add_parser(group, help=help_text, description=_sentence(help_text))
            inner = below.add_subparsers(title="what", metavar="WHAT", required=True)
            for command in commands:
                _add(inner, command)
    chosen.add_parser("methods", help="run one of the scientific methods on a file", add_help=False)
    return top


def _add(chosen: "argparse._SubParsersAction[argparse.ArgumentParser]", command: Command) -> None:
    below = chosen.add_parser(command.name, help=command.help, description=_sentence(command.help))
    if command.arguments is not None:
        command.arguments(below)
    below.set_defaults(command=command)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."


if __name__ == "__main__":
    sys.exit(main())
