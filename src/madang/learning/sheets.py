"""The bank as a table: given out, and taken in again after somebody wrote in it.

A row is a question; `id` names the one that it changes, and is empty for a new one. `text`,
`answers` and `explanation` are in its `language`, the same with a code behind it (`text_fa`) in
others. Answers are written as in the form, `|` standing for a new line.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from madang.core.exports import Column, Table, Value
from madang.learning import written
from madang.learning.models import Item

REQUIRED = ("kind", "language", "text", "answers")
PLAIN = ("id", "kind", "module", "competency", "difficulty", "language", "text", "answers",
         "explanation")  # fmt: skip
WORDS = ("text", "answers", "explanation")


def table(items: Sequence[Item]) -> Table:
    """Questions in all their languages."""
    contents = [item.newest.content for item in items]
    codes = sorted({code for content in contents for code in content.text})
    columns = [
        *(Column(name, name) for name in PLAIN),
        *(Column(f"{name}_{code}", f"{name}_{code}") for code in codes for name in WORDS),
    ]
    return Table(columns, _rows(items, codes))


def _rows(items: Sequence[Item], codes: Sequence[str]) -> Iterator[tuple[Value, ...]]:
    for item in items:
        content = item.newest.content
        source = content.language
        yield (
            str(item.pk),
            content.kind,
            item.module_number,
            item.competency.name if item.competency else "",
            item.difficulty,
            source,
            content.text[source],
            written.answers_of(content),
            content.explanation.get(source, ""),
            *(
                value
                for code in codes
                for value in (
                    (
                        content.text.get(code, ""),
                        written.answers_of(content, code) if code in content.text else "",
                        content.explanation.get(code, ""),
                    )
                    if code != source
                    else ("", "", "")
                )
            ),
        )


def rejected_table(rows: Sequence[Sequence[str]]) -> Table:
    """Rows that could not be taken; the first names their columns, the last says why."""
    [names, *rest] = rows
    return Table([*(Column(name, name) for name in names), Column("why", _("why"))], rest)
