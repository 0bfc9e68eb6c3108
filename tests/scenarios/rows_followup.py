"""Who finds what of followup: a part of the walk's table."""

from tests.scenarios.roles import EVERYONE, NOBODY, OVERSEE, PLAN, Row, rows

# A plan is its author's alone; in a draft nobody finds their pages.
_AUTHOR = frozenset({"participant here"})

ROWS: dict[str, Row] = {
    **rows(
        _AUTHOR,
        """own_followup:plan own_followup:plan_paper own_followup:plan_version
        own_followup:follow_up own_followup:share own_followup:share_withdraw
        own_followup:file_remove own_followup:result_tell""",
        draft=NOBODY,
    ),
    **rows(_AUTHOR, "own_followup:plan_take_back", draft=NOBODY, post=True),
    **rows(EVERYONE, "own_followup:results", draft=OVERSEE),
    # By a link: a page that asks for a code, and behind it what somebody wrote.
    **rows(EVERYONE, "following:code following:supervise_code"),
    **rows(
        EVERYONE,
        """following:follow_up following:share following:share_withdraw following:file_remove
        following:supervise""",
        code=True,
    ),
    **rows(OVERSEE, "followup:follow_up followup:levels"),
    **rows(
        PLAN, "followup:settings followup:result_add followup:result_edit followup:result_remove"
    ),
    **rows(PLAN, "followup:ask followup:result_publish followup:result_decline", post=True),
}
