"""Changing what may have been told by somebody else meanwhile."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from madang.core import audit
from madang.core.models import Record
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import records


def change(
    stored: Record,
    values: Mapping[str, Any],
    verb: str,
    *,
    expected_version: int | None,
    actor: audit.Actor | None,
    scope: UUID,
) -> list[str]:
    """Write what differs and say which fields that were, as `records.change` does.

    Raises `RefusedError` where `expected_version` is None: whoever writes saw no row yet, and would
    replace unseen what somebody else has written since.
    """
    if expected_version is None:
        raise RefusedError(_("This has been entered already: look at it again."))
    return records.change(
        stored, values, verb, expected_version=expected_version, actor=actor, scope=scope
    )
