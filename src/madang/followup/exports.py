"""Lists of the follow-up for other programs."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from madang.core.exports import Column, Table
from madang.followup.queries.results import ShownResult

_COLUMNS = (
    Column("title", _("what changed")),
    Column("since", _("since when")),
    Column("country", _("country or area")),
    Column("country_agrees", _("the country agrees to be named")),
    Column("text", _("more about it")),
    Column("evidence", _("how one can see it")),
    Column("evidence_url", _("address of the evidence")),
    Column("state", _("state")),
)


def results(shown: Sequence[ShownResult]) -> Table:
    """Every result; who told it is not among the columns."""
    return Table(
        _COLUMNS,
        [
            (
                str(it.result.wording("title")),
                it.result.happened_on,
                str(it.country.wording("name")) if it.country else "",
                it.result.country_agrees,
                str(it.result.wording("text")),
                str(it.result.wording("evidence")),
                it.result.evidence_url,
                it.result.get_state_display(),
            )
            for it in shown
        ],
    )
