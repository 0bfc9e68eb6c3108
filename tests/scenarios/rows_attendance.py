"""Who finds what of attendance: a part of the walk's table."""

from tests.scenarios.roles import OVERSEE, PLAN, Row, rows

# At a door: the secretariat, and whoever teaches the session.
DOOR = PLAN | {"resource person here"}
OWN = frozenset({"participant here"})

ROWS: dict[str, Row] = (
    rows(OVERSEE, "attendance:sessions attendance:people attendance:session attendance:doubts")
    | rows(
        PLAN,
        "attendance:counts attendance:terms attendance:doubt attendance:requests "
        "attendance:answer attendance:badges attendance:badges_file attendance:badge_replace",
    )
    | rows(PLAN, "attendance:badges_print attendance:badge_print", post=True)
    | rows(DOOR, "own_attendance:door", draft=PLAN)
    | rows(DOOR, "own_attendance:scans", draft=PLAN, post=True)
    # The resource person of this world has a part in no session.
    | rows(PLAN, "own_attendance:hand own_attendance:screen own_attendance:part")
    | rows(PLAN, "own_attendance:everybody own_attendance:mark", post=True)
    | rows(
        OWN,
        "own_attendance:check_in own_attendance:my_attendance own_attendance:ask",
        draft=frozenset(),
    )
)
