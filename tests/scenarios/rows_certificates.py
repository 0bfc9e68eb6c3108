"""Who finds what of certificates: a part of the walk's table."""

from tests.scenarios.roles import EVERYONE, NOBODY, OVERSEE, PLAN, Row, rows

DIRECT = frozenset({"director", "director here"})
MINE = frozenset({"participant here"})

ROWS: dict[str, Row] = {
    **rows(OVERSEE, "certificates:certificates certificates:preview certificates:person"),
    **rows(OVERSEE, "certificates:batch certificates:batch_print certificates:certificate"),
    **rows(PLAN, "certificates:begin certificates:new", post=True),
    **rows(PLAN, "certificates:batch_issue", post=True),
    **rows(PLAN, "certificates:scheme certificates:scheme_translation certificates:rule"),
    **rows(PLAN, "certificates:rule_translation certificates:spelling"),
    **rows(PLAN, "certificates:batch_put_up certificates:batch_cancel"),
    **rows(PLAN, "certificates:take_out certificates:revoke certificates:again"),
    **rows(DIRECT, "certificates:grant certificates:take_back"),
    **rows(MINE, "own_certificates:certificate own_certificates:spelling", draft=NOBODY),
    **rows(MINE, "own_certificates:credential own_certificates:badge", draft=NOBODY),
    **rows(MINE, "own_certificates:show_name", draft=NOBODY, post=True),
    **rows(EVERYONE, "credentials:did credentials:issuer credentials:status credentials:verify"),
    **rows(EVERYONE, "credentials:achievement credentials:image", draft=OVERSEE),
}
