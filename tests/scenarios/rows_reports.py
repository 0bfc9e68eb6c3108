"""Who finds what of reports: a part of the walk's table."""

from tests.scenarios.roles import EVERYONE, NOBODY, OVERSEE, PLAN, PLAN_ANY, Row, rows

ROWS: dict[str, Row] = {
    **rows(PLAN_ANY, "newsroom_manage:draft"),
    **rows(OVERSEE, "reports:index reports:report reports:version reports:version_file"),
    **rows(
        PLAN,
        "reports:add reports:edit reports:remove reports:withdraw reports:section_add "
        "reports:section_edit reports:section_translate reports:section_remove "
        "reports:point_add reports:point_edit reports:point_remove",
    ),
    **rows(
        PLAN,
        "reports:begin reports:freeze reports:put_up reports:issue reports:section_move",
        post=True,
    ),
    **rows(EVERYONE, "own_reports:index", draft=OVERSEE),
    **rows(EVERYONE, "own_reports:report own_reports:file", draft=NOBODY),
}
