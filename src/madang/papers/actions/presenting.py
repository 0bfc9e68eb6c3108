"""Places of delegations in the programme: in which session, in which order, for how long."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from madang.core import audit
from madang.papers.actions import opening
from madang.papers.models import Paper, Presentation
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import records
from madang.workshops.models import Edition, Session


@transaction.atomic
def place(
    edition: Edition,
    session: Session,
    countries: Collection[UUID],
    minutes: int,
    *,
    actor: audit.Actor | None,
) -> int:
    """Give delegations places in a session, after those that are there, in the order given.

    Whoever has a place in another session moves. Returns how many; raises `RefusedError` where
    nothing of one of them is accepted yet.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    accepted = set(
        Paper.objects.filter(edition=edition, state=Paper.State.ACCEPTED).values_list(
            "country", flat=True
        )
    )
    if not set(countries) <= accepted:
        raise RefusedError(_("Nothing of one of these delegations is accepted yet."))
    Presentation.objects.filter(edition=edition, country__in=countries).delete()
    last = Presentation.objects.filter(session=session).aggregate(last=Max("order"))["last"] or 0
    for order, country_id in enumerate(countries, start=last + 1):
        presentation = Presentation(
            edition=edition, session=session, country_id=country_id, order=order, minutes=minutes
        )
        records.add(presentation, "presentation.added", actor=actor, number=order)
        opening.settle(edition.pk, country_id, actor=actor)
    return len(countries)


@transaction.atomic
def change(
    presentation: Presentation,
    session: Session,
    order: int,
    minutes: int,
    *,
    expected_version: int,
    actor: audit.Actor | None,
) -> None:
    """Move a presentation: to another session, to a place in its order, with other minutes."""
    Edition.objects.select_for_update().get(pk=presentation.edition_id)
    before = Presentation.objects.select_related("session").get(pk=presentation.pk).session
    values = {"session": session, "order": order, "minutes": minutes}
    changed = records.change(
        presentation,
        values,
        "presentation.changed",
        expected_version=expected_version,
        actor=actor,
    )
    if changed:
        if "session" in changed:
            _close_ranks(before)
        _close_ranks(session, moved=presentation, to=order)
        _settle_session(session, actor)


@transaction.atomic
def remove(presentation: Presentation, *, actor: audit.Actor | None) -> None:
    """Take a delegation out of the programme; its papers open in the room no more."""
    session, country_id = presentation.session, presentation.country_id
    records.remove(presentation, "presentation.removed", actor=actor)
    opening.settle(session.edition_id, country_id, actor=actor)
    _close_ranks(session)


def _close_ranks(
    session: Session, *, moved: Presentation | None = None, to: int | None = None
) -> None:
    """Number a session's presentations 1, 2, 3 …, with one of them `moved` to a place."""
    rows = list(
        Presentation.objects.select_for_update().filter(session=session).order_by("order", "pk")
    )
    if moved is not None and to is not None:
        rows = [row for row in rows if row.pk != moved.pk]
        rows.insert(max(to, 1) - 1, Presentation.objects.get(pk=moved.pk))
    for order, row in enumerate(rows, start=1):
        if row.order != order:
            row.order = order
            row.save(update_fields=["order"])


def _settle_session(session: Session, actor: audit.Actor | None) -> None:
    for country_id in Presentation.objects.filter(session=session).values_list(
        "country", flat=True
    ):
        opening.settle(session.edition_id, country_id, actor=actor)
