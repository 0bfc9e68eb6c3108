"""XML from strangers, read as a stream: no document type, so no entities and nothing external."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from xml.parsers import expat

from madang.nominations.sheets.refusals import UnreadableError

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def parse(part: str, chunks: Iterable[bytes], *, start: Start, end: End, text: Text) -> None:
    """Call back for every element and text. Names come without their namespaces' prefix.

    Attributes keep theirs where they have one, as “uri name”. Raises `UnreadableError` for a
    document type declaration and for what is not well-formed; `part` is named in it.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    names: dict[str, str] = {}

    def local(name: str) -> str:
        known = names.get(name)
        if known is None:
            known = names[name] = name.rpartition(" ")[2]
        return known

    def refuse(*_declaration: Any) -> None:
        raise UnreadableError("entities", part=part)

    parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
    parser.EndElementHandler = lambda name: end(local(name))
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        for chunk in chunks:
            parser.Parse(chunk)
        parser.Parse(b"", True)  # noqa: FBT003  (the function has no name for it)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise UnreadableError("damaged", part=part) from error


def elements(part: str, chunks: Iterable[bytes]) -> Iterator[tuple[str, Attributes]]:
    """The elements of a small part in their order, with their attributes."""
    found: list[tuple[str, Attributes]] = []
    parse(
        part,
        chunks,
        start=lambda name, attributes: found.append((name, dict(attributes))),
        end=lambda _name: None,
        text=lambda _text: None,
    )
    return iter(found)
