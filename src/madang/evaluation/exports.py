"""Numbers of evaluations for other programs: nothing that the pages do not show."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core.exports import Column, Table, Value
from madang.evaluation.queries.telling import FormResult, label

COLUMNS = (
    Column("form", gettext_lazy("Form")),
    Column("people", gettext_lazy("Answered, at least")),
    Column("question", gettext_lazy("Question")),
    Column("speaker", gettext_lazy("Speaker")),
    Column("measure", gettext_lazy("Measure")),
    Column("answer", gettext_lazy("Answer")),
    Column("value", gettext_lazy("Value")),
)


def table(results: Iterable[FormResult]) -> Table:
    """A row for each share, mean and spread."""
    return Table(COLUMNS, _rows(results))


def _rows(results: Iterable[FormResult]) -> Iterator[tuple[Value, ...]]:
    for result in results:
        for each in result.questions:
            head = (result.title, result.people, str(each.text), each.speaker)
            for block in each.told.blocks:
                yield *head, _("share"), label(each.item, block.codes), block.share / 100
            if each.told.mean is not None:
                yield *head, _("mean"), "", each.told.mean
                yield *head, _("spread"), "", each.told.spread
            for answer, mean in each.parts:
                yield *head, _("mean"), answer, mean
