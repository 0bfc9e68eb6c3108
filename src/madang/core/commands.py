"""The commands of `madang`, and how an app adds its own.

An app that has some writes a module `command.py` with one function::

    def add_commands(registry: Registry) -> None:
        registry.add("import", "nominations", run, help="take nominations from a spreadsheet",
                     arguments=lambda parser: parser.add_argument("file", type=Path))

    def run(options: argparse.Namespace) -> int:
        from madang.workshops import actions
        ...

`command.py` is loaded for every `madang --help`, so it imports Django, models and heavy libraries
only inside `run`, which is called with Django ready. `run` returns the exit code: 0 (or None) when
all is well, 1 when something is wrong. For a mistake that the person can mend it raises
`CommandError` with a sentence that says how; that is printed without a traceback, exit code 1.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Run = Callable[[argparse.Namespace], int | None]


class CommandError(Exception):
    """What a command could not do, as a sentence for the person at the keyboard."""


@dataclass(frozen=True)
class Command:
    """One command: `madang <group> <name>`, or `madang <name>` where the group is empty."""

    group: str
    name: str
    run: Run
    help: str
    arguments: Callable[[argparse.ArgumentParser], object] | None = None
    needs_installation: bool = True


@dataclass
class Registry:
    """The commands known so far, by group and name."""

    commands: dict[tuple[str, str], Command] = field(default_factory=dict)

    def add(
        self,
        group: str,
        name: str,
        run: Run,
        *,
        help: str,  # noqa: A002  (argparse's own word for it)
        arguments: Callable[[argparse.ArgumentParser], object] | None = None,
        needs_installation: bool = True,
    ) -> None:
        """Add a command. Raises `ValueError` if the name is taken.

        Where `needs_installation`, it is refused unless Madang is set up, and Django is ready.
        """
        if (group, name) in self.commands:
            raise ValueError(f"Two commands are called “{group} {name}”.")
        self.commands[group, name] = Command(group, name, run, help, arguments, needs_installation)

    def in_group(self, group: str) -> list[Command]:
        """The commands of a group, by name."""
        found = [command for command in self.commands.values() if command.group == group]
        return sorted(found, key=lambda command: command.name)


def say(text: str) -> None:
    """Print a line of the command's answer."""
    print(text, flush=True)


def warn(text: str) -> None:
    """Print a line beside the answer, to standard error."""
    print(text, file=sys.stderr, flush=True)


def say_json(value: Any) -> None:
    """Print a value for another program to read; dates and ids become text."""
    print(json.dumps(value, indent=2, ensure_ascii=False, default=str), flush=True)
