"""Bring the catalogues of translations in step with the code: `make messages`.

Finds every string that is marked for translation in Python files and templates, adds those that a
catalogue lacks (untranslated) and drops those that are gone. Needs no gettext binaries: Python is
read by `ast`, and templates by Django's own `templatize`, whose output looks like calls.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = PROJECT / "src" / "madang"
CATALOGUES = PACKAGE / "site" / "locale"

# Name of a function → positions of (context, singular, plural) among its arguments.
CALLS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), (None, 0, None)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (None, 0, 1)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, 1, 2)),
}
_TEMPLATE_CALL = re.compile(r"\b(n?p?gettext|_)\s*\(")


@dataclass(frozen=True)
class Message:
    """One string to translate."""

    text: str
    plural: str = ""
    context: str = ""


# Strings of libraries that our pages show and that we say differently, or that the libraries leave
# untranslated: Django looks into our catalogues first.
FOREIGN = {
    "allauth": (
        Message("Be patient, you are sending too many requests."),
        Message("Code"),
        Message("Current Password"),
        Message("Email"),
        Message("Email address"),
        Message("Incorrect code."),
        Message("Incorrect password."),
        Message("Invalid login."),
        Message("Invalid or expired key."),
        Message("New Password"),
        Message("New Password (again)"),
        Message("Password"),
        Message("Password (again)"),
        Message("Please type your current password."),
        Message("The email address and/or password you specified are not correct."),
        Message("The email address is not assigned to any user account."),
        Message("The new value must be different from the current one."),
        Message("The password reset token was invalid."),
        Message("This account is currently inactive."),
        Message("This email address is already associated with this account."),
        Message("Too many failed login attempts. Try again later."),
        Message(
            "You cannot add an email address to an account protected by two-factor authentication."
        ),
        Message("You must type the same password each time."),
        Message("A user is already registered with this email address."),
        Message("Authenticator code"),
    ),
    "django": (
        Message("%(model_name)s with this %(field_label)s already exists."),
        Message("Enter a valid URL."),
        Message("Enter a valid date."),
        Message("Enter a valid email address."),
        Message("Enter a valid time."),
        Message("Enter a whole number."),
        Message("Ensure this value is greater than or equal to %(limit_value)s."),
        Message("Ensure this value is less than or equal to %(limit_value)s."),
        Message(
            "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
            "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        ),
        Message("Select a valid choice. %(value)s is not one of the available choices."),
        Message("Select a valid choice. That choice is not one of the available choices."),
        Message("The password is too similar to the %(verbose_name)s."),
        Message("This field is required."),
        Message("This password is entirely numeric."),
        Message("This password is too common."),
        Message(
            "This password is too short. It must contain at least %d character.",
            "This password is too short. It must contain at least %d characters.",
        ),
        Message("Your password can’t be a commonly used password."),
        Message("Your password can’t be entirely numeric."),
        Message("Your password can’t be too similar to your other personal information."),
        Message(
            "Your password must contain at least %(min_length)d character.",
            "Your password must contain at least %(min_length)d characters.",
        ),
    ),
}


def messages() -> dict[Message, list[str]]:
    """Every message of the package, with the files that it stands in, and those of `FOREIGN`."""
    found: dict[Message, list[str]] = {}
    for library, theirs in FOREIGN.items():
        for message in theirs:
            found[message] = [library]
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("templates/**/*")]):
        if not path.is_file() or path.suffix not in {".py", ".html", ".txt"}:
            continue
        if "migrations" in path.parts:
            continue
        in_file = _in_python(path) if path.suffix == ".py" else _in_template(path)
        for message in in_file:
            places = found.setdefault(message, [])
            place = path.relative_to(PACKAGE).as_posix()
            if place not in places:
                places.append(place)
    return found


def _in_python(path: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield from _of_call(node)


def _of_call(node: ast.Call) -> Iterator[Message]:
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    if name not in CALLS:
        return
    texts = [
        None
        if position is None or position >= len(node.args)
        else getattr(node.args[position], "value", None)
        for position in CALLS[name]
    ]
    context, text, plural = texts
    if isinstance(text, str):
        yield Message(text, plural or "", context or "")


def _in_template(path: Path) -> Iterator[Message]:
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True)
    from django.utils.translation.template import templatize

    source = templatize(path.read_text(), origin=path.name)
    for match in _TEMPLATE_CALL.finditer(source):
        call = _call_at(source, match.start())
        if call is not None:
            yield from _of_call(call)


def _call_at(source: str, start: int) -> ast.Call | None:
    """The call that begins at `start`, read up to the bracket that completes it."""
    end = source.find(")", start)
    while end != -1:
        try:
            node = ast.parse(source[start : end + 1], mode="eval").body
        except SyntaxError:
            end = source.find(")", end + 1)
            continue
        return node if isinstance(node, ast.Call) else None
    return None


def update(path: Path, found: dict[Message, list[str]]) -> tuple[int, int]:
    """Bring one catalogue in step; answers how many strings were added and dropped."""
    catalogue = polib.pofile(str(path))
    known = {Message(e.msgid, e.msgid_plural, e.msgctxt or ""): e for e in catalogue}
    added = [message for message in found if message not in known]
    gone = [entry for message, entry in known.items() if message not in found]
    for entry in gone:
        catalogue.remove(entry)
    for message in added:
        catalogue.append(_entry(message))
    for entry in catalogue:
        places = found[Message(entry.msgid, entry.msgid_plural, entry.msgctxt or "")]
        entry.occurrences = [(place, "") for place in places]
    catalogue.sort(key=lambda entry: (entry.occurrences[0][0], entry.msgid))
    catalogue.wrapwidth = 100
    catalogue.save()
    return len(added), len(gone)


def _entry(message: Message) -> polib.POEntry:
    named = re.search(r"%\(\w+\)|%[sd]", message.text + message.plural)
    return polib.POEntry(
        msgid=message.text,
        msgid_plural=message.plural,
        msgctxt=message.context or None,
        msgstr_plural={0: "", 1: ""} if message.plural else {},
        flags=["python-format"] if named else [],
    )


def main() -> int:
    found = messages()
    for path in sorted(CATALOGUES.glob("*/LC_MESSAGES/django.po")):
        added, gone = update(path, found)
        catalogue = polib.pofile(str(path))
        left = len(catalogue.untranslated_entries()) + len(catalogue.fuzzy_entries())
        print(f"{path.parent.parent.name}: {added} added, {gone} dropped, {left} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
