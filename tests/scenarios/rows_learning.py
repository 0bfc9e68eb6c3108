"""Who finds what of learning: a part of the walk's table."""

from tests.scenarios.roles import NOBODY, OVERSEE, PLAN, Row, rows

# Nobody finds a test but who may take it: not those who made it, and nobody who taught or paid.
_TAKES_PART = frozenset({"participant here"})

ROWS: dict[str, Row] = {
    **rows(OVERSEE, "learning:tests learning:test learning:bank learning:item learning:results"),
    **rows(
        PLAN,
        "learning:test_plan learning:test_choose learning:test_state learning:bring "
        "learning:rejected learning:item_add learning:item_edit learning:item_language "
        "learning:item_state learning:competency_add learning:competency_edit "
        "learning:competency_remove",
    ),
    **rows(PLAN, "learning:test_same", post=True),
    **rows(
        _TAKES_PART,
        "own_learning:test own_learning:question own_learning:questions own_learning:hand_in",
        draft=NOBODY,
    ),
    **rows(_TAKES_PART, "own_learning:begin own_learning:decline", draft=NOBODY, post=True),
    **rows(OVERSEE | {"resource person here"}, "own_learning:learned", draft=OVERSEE),
}
