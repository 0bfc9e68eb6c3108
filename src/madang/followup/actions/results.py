"""Results: told by those who took part or by the secretariat, published once looked at."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from madang.core import audit, clock
from madang.core.links import Reference
from madang.followup.models import Result, ResultLink
from madang.workshops.actions import records, stamps
from madang.workshops.models import Edition, Participation


@transaction.atomic
def tell(
    edition: Edition,
    values: Mapping[str, Any],
    references: Iterable[Reference] = (),
    *,
    told_by: Participation | None = None,
    actor: audit.Actor | None,
) -> Result:
    """Write a result down, to be reviewed. `values` are its columns, `references` what it cites."""
    result = Result(edition=edition, told_by=told_by, **values)
    records.add(result, "result.told", actor=actor)
    _link(result, references)
    return result


@transaction.atomic
def change(
    result: Result,
    values: Mapping[str, Any],
    references: Iterable[Reference],
    *,
    expected_version: int,
    actor: audit.Actor | None,
) -> None:
    records.change(result, values, "result.changed", expected_version=expected_version, actor=actor)
    _link(result, references)
    stamps.touch(result.edition_id)


def _link(result: Result, references: Iterable[Reference]) -> None:
    result.links.all().delete()
    ResultLink.objects.bulk_create(
        ResultLink(result=result, thing_model=it.model, thing_id=it.id, version=1)
        for it in references
    )


@transaction.atomic
def publish(result: Result, *, actor: audit.Actor | None) -> None:
    """Show it on the edition's page. Raises `TransitionRefusedError` without evidence."""
    result.publish(actor=actor, fields={"published_at": clock.now()})
    stamps.touch(result.edition_id)


@transaction.atomic
def decline(result: Result, *, actor: audit.Actor | None) -> None:
    """Do not show it, or no longer."""
    result.decline(actor=actor)
    stamps.touch(result.edition_id)


@transaction.atomic
def remove(result: Result, *, actor: audit.Actor | None) -> None:
    records.remove(result, "result.removed", actor=actor)
    stamps.touch(result.edition_id)
