"""Who finds what of papers: a part of the walk's table."""

from tests.scenarios.roles import BELONG, EVERYONE, NOBODY, OVERSEE, PLAN, Row, rows

# In both editions somebody of Fiji takes part; its focal point looks on.
_DELEGATION = frozenset({"participant here"})

ROWS: dict[str, Row] = {
    **rows(OVERSEE, "papers:board papers:request papers:paper papers:places"),
    **rows(
        PLAN,
        "papers:request_edit papers:kind_add papers:kind_edit papers:kind_texts papers:kind_remove "
        "papers:template_put papers:template_remove papers:place_give papers:place_edit "
        "papers:place_remove papers:paper_enter papers:paper_accept papers:paper_send_back "
        "papers:paper_extend papers:paper_excuse",
    ),
    **rows(
        PLAN,
        "papers:remind papers:request_begin papers:request_open papers:request_close "
        "papers:paper_ask_again",
        post=True,
    ),
    **rows(EVERYONE, "own_papers:papers", draft=OVERSEE),
    **rows(BELONG | {"host here"}, "own_papers:presenting", draft=NOBODY),
    **rows(_DELEGATION | {"focal point"}, "own_papers:ours", draft=NOBODY),
    **rows(_DELEGATION, "own_papers:paper own_papers:agreement", draft=NOBODY),
}
