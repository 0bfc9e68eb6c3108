"""Who finds what of evaluation: a part of the walk's table."""

from tests.scenarios.roles import EVERYONE, NOBODY, OVERSEE, PLAN, Row, rows

# Who answers, and in the walk speaks as well.
_TAKES_PART = frozenset({"participant here"})

ROWS: dict[str, Row] = {
    **rows(OVERSEE, "evaluation:forms evaluation:form evaluation:preview evaluation:results"),
    **rows(
        PLAN,
        "evaluation:comments evaluation:comment_publish evaluation:comment_withhold "
        "evaluation:question_add evaluation:question_edit evaluation:question_remove "
        "evaluation:translation evaluation:times evaluation:state evaluation:counts",
    ),
    **rows(PLAN, "evaluation:make evaluation:spread evaluation:question_move", post=True),
    **rows(
        _TAKES_PART,
        "own_evaluation:mine own_evaluation:answer own_evaluation:own_results",
        draft=NOBODY,
    ),
    # Whoever has a token: nobody is asked who they are.
    **rows(EVERYONE, "own_evaluation:hand_in", draft=NOBODY, post=True),
    **rows(EVERYONE, "own_evaluation:thanks", draft=OVERSEE),
}
