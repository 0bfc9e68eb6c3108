"""Who finds what of reports: a part of the walk's table."""

from tests.scenarios.roles import Row

ROWS: dict[str, Row] = {}
