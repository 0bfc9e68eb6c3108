"""Who finds what of groups: a part of the walk's table."""

from tests.scenarios.roles import BELONG, OVERSEE, PLAN, Row, rows

# One group in the world is reported by the participant here and facilitated by nobody else.
WRITE = PLAN | {"participant here"}

ROWS: dict[str, Row] = {
    **rows(OVERSEE, "groups:plan groups:cards groups:wall groups:conclusions groups:absences"),
    **rows(
        PLAN,
        "groups:set_up groups:levels groups:repair groups:remove groups:move groups:group "
        "groups:absence_add groups:absence_edit groups:absence_remove",
    ),
    **rows(PLAN, "groups:mix groups:choose groups:do groups:pin", post=True),
    **rows(BELONG, "own_groups:groups own_groups:conclusions own_groups:group", draft=OVERSEE),
    **rows(WRITE, "own_groups:write", draft=PLAN),
    **rows(PLAN, "own_groups:send_back"),
    **rows(PLAN, "own_groups:accept", post=True),
}
