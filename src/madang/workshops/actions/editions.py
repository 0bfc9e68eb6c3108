"""Series and editions: adding, changing and moving them from state to state."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from madang.core import audit
from madang.people.actions.roles import grant_role
from madang.people.models import Account
from madang.workshops.actions import records, stamps
from madang.workshops.models import Edition, Series


def add_series(values: Mapping[str, Any], *, actor: audit.Actor | None) -> Series:
    series = Series(**values)
    records.add(series, "series.added", actor=actor)
    return series


def change_series(
    series: Series, values: Mapping[str, Any], *, expected_version: int, actor: audit.Actor | None
) -> None:
    records.change(series, values, "series.changed", expected_version=expected_version, actor=actor)


@transaction.atomic
def add_edition(series: Series, values: Mapping[str, Any], *, actor: Account | None) -> Edition:
    """Plan an edition; it is a draft, which only the secretariat and directors see.

    Somebody who is the secretariat of single editions becomes that of the new one too.
    """
    edition = Edition(series=series, **values)
    records.add(edition, "edition.added", actor=actor, scope=edition.pk)
    if actor is not None and edition.pk not in actor.scopes("secretariat"):
        grant_role(actor, actor=actor, kind="secretariat", scope=edition)
        actor.forget_roles()
    return edition


@transaction.atomic
def change_edition(
    edition: Edition,
    values: Mapping[str, Any],
    *,
    expected_version: int,
    actor: audit.Actor | None,
) -> None:
    """Change an edition. In another time zone its sessions keep their time on the clock."""
    before = Edition.objects.get(pk=edition.pk)
    changed = records.change(
        edition,
        values,
        "edition.changed",
        expected_version=expected_version,
        actor=actor,
        scope=edition.pk,
    )
    if "time_zone" in changed:
        _keep_local_times(before, Edition.objects.get(pk=edition.pk))
    if changed:
        stamps.touch(edition)


def _keep_local_times(before: Edition, after: Edition) -> None:
    def moved(moment: datetime | None) -> datetime | None:
        if moment is None:
            return None
        local = moment.astimezone(before.zone)
        return after.moment(local.date(), local.time())

    for session in after.sessions.all():
        session.starts_at = moved(session.starts_at)
        session.sign_up_until = moved(session.sign_up_until)
        session.save(update_fields=["starts_at", "sign_up_until"])


@transaction.atomic
def move_edition(edition: Edition, transition: str, *, actor: audit.Actor | None) -> None:
    """Perform a transition of `Edition` by its name. Raises `TransitionRefusedError`."""
    getattr(edition, transition)(actor=actor, scope=edition.pk)
    stamps.touch(edition)
