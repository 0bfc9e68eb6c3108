"""JSON documents into frozen dataclasses and back, with the path of whatever is wrong.

A method declares what it reads as dataclasses: a field's annotation is its type, a default makes it
optional, `Annotated[int, Between(1, 1440)]` bounds it. `load` takes bytes to plain JSON values,
`read` takes these to the dataclass, `plain` goes the other way. Everything that does not fit, an
unknown field included, is an `InvalidDocumentError` that says where: `$.sessions[3].length: …`.

Annotations understood: str, int, float, bool, date, time, Literal, dataclasses, `X | None`,
`X | tuple[Y, ...]`, `tuple[X, ...]`, tuples of a fixed length, `dict[str, X]`, and `Annotated` with
the limits below.
"""

import dataclasses
import json
import math
import types
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from datetime import date, time
from functools import cache
from typing import (
    Annotated,
    Any,
    Literal,
    NoReturn,
    Protocol,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

T = TypeVar("T")

# Beyond this, JSON readers elsewhere lose digits, and solvers overflow long before it is needed.
LARGEST = 2**53 - 1
SHOWN = 40  # characters of a wrong value that a message repeats


class InvalidDocumentError(ValueError):
    """A document that can't be read: `path` says where it is wrong and `problem` how."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem


class Limit(Protocol):
    """What `Annotated` may carry: a check of a value that already has the right type."""

    def check(self, value: Any, path: str) -> None:
        """Raise `InvalidDocumentError` where the value is outside the limit."""


@dataclasses.dataclass(frozen=True)
class Between:
    """A number from `least` to `most`, both included."""

    least: float
    most: float = LARGEST

    def check(self, value: Any, path: str) -> None:
        if value < self.least:
            raise InvalidDocumentError(path, f"must be at least {self.least}, not {_shown(value)}")
        if value > self.most:
            raise InvalidDocumentError(path, f"must be at most {self.most}, not {_shown(value)}")


@dataclasses.dataclass(frozen=True)
class Length:
    """A text or list with at least `least` and at most `most` characters or items."""

    least: int = 0
    most: int = LARGEST

    def check(self, value: Any, path: str) -> None:
        if len(value) < self.least:
            raise InvalidDocumentError(
                path, f"must have a length of at least {self.least}, not {len(value)}"
            )
        if len(value) > self.most:
            raise InvalidDocumentError(
                path, f"must have a length of at most {self.most}, not {len(value)}"
            )


@dataclasses.dataclass(frozen=True)
class Unique:
    """A list in which no value, or no value of the field `by` of its items, comes twice."""

    by: str = ""

    def check(self, value: Any, path: str) -> None:
        seen: dict[Any, int] = {}
        for index, item in enumerate(value):
            key = getattr(item, self.by) if self.by else item
            if key in seen:
                where = f"{path}[{index}]" + (f".{self.by}" if self.by else "")
                raise InvalidDocumentError(
                    where, f"{_shown(key)} is already at {path}[{seen[key]}]"
                )
            seen[key] = index


class _Repeated(dict[str, Any]):
    """A JSON object that gave the name `twice` two values; `read` knows where it is."""

    twice = ""


def load(text: bytes) -> Any:
    """The JSON value in UTF-8 bytes; what the standard leaves open is refused here or by `read`."""
    try:
        return json.loads(
            text.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_not_a_number
        )
    except UnicodeDecodeError as error:
        raise InvalidDocumentError("$", f"is not UTF-8 text (byte {error.start})") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise InvalidDocumentError("$", f"is not JSON: {error.msg} ({where})") from error
    except RecursionError as error:
        raise InvalidDocumentError("$", "is nested too deeply") from error
    except InvalidDocumentError:
        raise
    except ValueError as error:  # Python refuses to convert thousands of digits
        raise InvalidDocumentError("$", "has a number with too many digits") from error


def read(kind: type[T], value: Any, path: str = "$") -> T:
    """The dataclass `kind` from a JSON value as `load` gives it."""
    result: T = _convert(kind, value, path)
    return result


def plain(value: Any) -> Any:
    """Dataclasses, dates and tuples as values that `json.dumps` writes, fields in their order."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    return value


def refuse_unknown(name: Hashable, known: Collection[Any], path: str, what: str) -> None:
    """Raise `InvalidDocumentError` where a field names what is not there; None names nothing."""
    if name is not None and name not in known:
        raise InvalidDocumentError(path, f"there is no {what} “{name}”")


def refuse_any_unknown(names: Iterable[str], known: Collection[Any], path: str, what: str) -> None:
    """The same for each of a list of names."""
    for index, name in enumerate(names):
        refuse_unknown(name, known, f"{path}[{index}]", what)


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            repeated = _Repeated(pairs)
            repeated.twice = name
            return repeated
        found[name] = value
    return found


def _not_a_number(name: str) -> NoReturn:
    raise InvalidDocumentError("$", f"{name} is not a number in JSON")


def _convert(hint: Any, value: Any, path: str) -> Any:
    origin = get_origin(hint)
    if origin is Annotated:
        inner, *limits = get_args(hint)
        converted = _convert(inner, value, path)
        for limit in limits:
            # `Annotated[int, …] | None` puts the limit on the number, so None never comes here.
            limit.check(converted, path)
        return converted
    if origin in (types.UnionType, Union):  # the latter of `Annotated[…] | …`
        if value is None:
            return None
        members = [member for member in get_args(hint) if member is not types.NoneType]
        return _convert(_fitting(members, value), value, path)
    if origin is Literal:
        return _choice(get_args(hint), value, path)
    if origin is tuple:
        return _tuple(get_args(hint), value, path)
    if origin is dict:
        inner = get_args(hint)[1]
        return {
            _text(name, path): _convert(inner, item, _below(path, name))
            for name, item in _mapping(value, path).items()
        }
    if dataclasses.is_dataclass(hint):
        return _dataclass(hint, value, path)
    converter: Callable[[Any, str], Any] = _SCALARS[hint]
    return converter(value, path)


def _dataclass(kind: Any, value: Any, path: str) -> Any:
    given = _mapping(value, path)
    fields = {field.name: field for field in dataclasses.fields(kind)}
    for name in given:
        if name not in fields:
            raise InvalidDocumentError(
                _below(path, name), f"is not a field here; there are: {', '.join(fields)}"
            )
    hints = _hints(kind)
    values = {}
    for name, field in fields.items():
        if name in given:
            values[name] = _convert(hints[name], given[name], _below(path, name))
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise InvalidDocumentError(_below(path, name), "is missing")
    return kind(**values)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _mapping(value: Any, path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _expected("an object", value, path)
    if isinstance(value, _Repeated):
        raise InvalidDocumentError(_below(path, value.twice), "is given twice")
    return value


def _fitting(members: list[Any], value: Any) -> Any:
    """The member of a union that reads lists or values of this type, or else the first."""
    for member in members:
        inner = get_args(member)[0] if get_origin(member) is Annotated else member
        if type(value) is inner or (isinstance(value, list) and get_origin(inner) is tuple):
            return member
    return members[0]


def _tuple(members: tuple[Any, ...], value: Any, path: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _expected("a list", value, path)
    if members[-1] is Ellipsis:
        members = (members[0],) * len(value)
    if len(members) != len(value):
        raise InvalidDocumentError(path, f"must have {len(members)} items, not {len(value)}")
    return tuple(
        _convert(member, item, f"{path}[{index}]")
        for index, (member, item) in enumerate(zip(members, value, strict=True))
    )


def _choice(choices: tuple[Any, ...], value: Any, path: str) -> Any:
    for choice in choices:
        if type(value) is type(choice) and value == choice:
            return choice
    raise _expected("one of " + ", ".join(_shown(choice) for choice in choices), value, path)


def _text(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise _expected("a text", value, path)
    if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        raise InvalidDocumentError(path, "has half a character (a lone surrogate)")
    return value


def _whole(value: Any, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _expected("a whole number", value, path)
    Between(-LARGEST, LARGEST).check(value, path)
    return value


def _number(value: Any, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _expected("a number", value, path)
    if isinstance(value, int):
        return float(_whole(value, path))
    if not math.isfinite(value):
        raise InvalidDocumentError(path, "is too large")
    return value


def _truth(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise _expected("true or false", value, path)
    return value


def _date(value: Any, path: str) -> date:
    expected = 'a date such as "2007-10-08"'
    try:
        found = date.fromisoformat(_text(value, path))
    except ValueError as error:
        raise _expected(expected, value, path) from error
    if found.isoformat() != value:
        raise _expected(expected, value, path)
    return found


def _time(value: Any, path: str) -> time:
    expected = 'a time of day such as "09:30"'
    try:
        found = time.fromisoformat(_text(value, path))
    except ValueError as error:
        raise _expected(expected, value, path) from error
    if found.tzinfo is not None or found.isoformat("minutes") != value:
        raise _expected(expected, value, path)
    return found


_SCALARS: dict[Any, Callable[[Any, str], Any]] = {
    str: _text,
    int: _whole,
    float: _number,
    bool: _truth,
    date: _date,
    time: _time,
}


def _expected(what: str, value: Any, path: str) -> InvalidDocumentError:
    return InvalidDocumentError(path, f"expected {what}, found {_shown(value)}")


def _shown(value: Any) -> str:
    """A value as a message repeats it: the beginning of its JSON, or only its kind if it nests."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, int) and abs(value) > LARGEST:
        return "a huge number"
    text = json.dumps(plain(value), ensure_ascii=True)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _below(path: str, name: str) -> str:
    if name.isidentifier() and name.isascii() and len(name) <= SHOWN:
        return f"{path}.{name}"
    return f"{path}[{_shown(name)}]"
