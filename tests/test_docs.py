"""The documentation is true where a machine can tell: links, pictures, commands, settings."""

import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from madang.methods import command as methods_command
from madang.site import cli
from tests.support.shared import CHECKOUT

PICTURES = CHECKOUT / "docs" / "pictures"
PICTURE_BYTES = 150_000

LINK = re.compile(r'\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"')
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_START = r"(?:^|`)(?:[A-Z_]+=\S+ )*"
MAKE = re.compile(_START + r"make (?:-C \S+ )?([a-z][a-z-]*)", re.MULTILINE)
MADANG = re.compile(
    rf"(?:{_START}|ExecStart=|  root  )(?:\S*/)?madang ([a-z]+)(?: ([a-z]+))?((?: +[^\n`]*)?)",
    re.MULTILINE,
)
OPTION = re.compile(r"(?<=\s)(--[a-z][a-z-]+)")
VARIABLE = re.compile(r"MADANG_[A-Z_]+")

PAGES = sorted([*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").rglob("*.md")])
by_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))


@by_page
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    for target in links(page):
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            continue
        path = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        assert path.exists(), f"{target} does not exist"
        assert CHECKOUT in path.parents, f"{target} is outside the repository"
        if parts.fragment:
            assert parts.fragment in anchors(path), f"{target}: there is no such heading"


@by_page
def test_commands_of_make_are_those_that_make_help_lists(page: Path) -> None:
    listed = re.findall(r"^([a-z-]+):.*## ", (CHECKOUT / "Makefile").read_text(), re.MULTILINE)
    named = {name for code in codes(page) for name in MAKE.findall(code)}
    assert not named - set(listed)


@by_page
def test_commands_of_madang_exist_with_their_options(page: Path) -> None:
    for code in codes(page):
        for word, below, rest in MADANG.findall(code):
            told = f"madang {word} {below} {rest}"
            if word == "methods":
                assert not below or below in methods_command.METHODS, told
                continue
            known = commands().get((word, below)) or commands().get((word, ""))
            group = word in cli.GROUPS and not below
            assert known is not None or group, f"“{told.strip()}” is no command"
            if known is not None:
                assert set(OPTION.findall(rest)) <= known, told


@by_page
def test_settings_that_are_named_are_read(page: Path) -> None:
    read = "".join(path.read_text() for path in (CHECKOUT / "src" / "madang").rglob("*.py"))
    assert not {name for name in VARIABLE.findall(page.read_text()) if name not in read}


def test_the_operators_table_names_every_setting() -> None:
    settings = (CHECKOUT / "src" / "madang" / "site" / "settings.py").read_text()
    read = set(re.findall(r'(?:get\(|_flag\(|environ\[)"(MADANG_[A-Z_]+)"', settings))
    table = (CHECKOUT / "docs" / "operate.md").read_text()
    assert not {name for name in read if f"| `{name}` |" not in table}


def test_every_page_can_be_found_from_the_index() -> None:
    reached, waiting = set(), [CHECKOUT / "README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        found = ((page.parent / urlsplit(link).path).resolve() for link in links(page))
        waiting += [path for path in found if path.suffix == ".md" and path not in reached]
    assert not set(PAGES) - reached


def test_pictures_are_small_and_used() -> None:
    used = {Path(urlsplit(link).path).name for page in PAGES for link in links(page)}
    for picture in PICTURES.iterdir():
        assert picture.suffix == ".png"
        assert picture.stat().st_size <= PICTURE_BYTES, picture.name
        assert picture.name in used, f"{picture.name} is shown nowhere"


def links(page: Path) -> list[str]:
    text = FENCED.sub("", page.read_text())
    return [first or second for first, second in LINK.findall(text)]


def anchors(page: Path) -> set[str]:
    """The fragments of a page's headings, as they are made where repositories are shown."""
    return {_anchor(heading) for heading in HEADING.findall(FENCED.sub("", page.read_text()))}


def _anchor(heading: str) -> str:
    kept = (
        letter
        for letter in heading.lower()
        if letter in "- _" or unicodedata.category(letter)[0] in "LN"
    )
    return "".join(kept).replace(" ", "-")


def codes(page: Path) -> list[str]:
    return CODE.findall(page.read_text())


def commands() -> dict[tuple[str, str], set[str]]:
    """Every command, as (group, name) or (name, ""), with its options."""
    found = {}
    for command in cli.known_commands().commands.values():
        name = (command.group, command.name) if command.group else (command.name, "")
        found[name] = _options(name)
    return found


def _options(name: tuple[str, str]) -> set[str]:
    parser = cli.parser(cli.known_commands())
    for word in filter(None, name):
        (below,) = (action for action in parser._actions if isinstance(action.choices, dict))
        parser = below.choices[word]
    return {option for action in parser._actions for option in action.option_strings}
