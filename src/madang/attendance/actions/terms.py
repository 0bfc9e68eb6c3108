"""What an edition counts as attendance."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from madang.attendance.actions.deriving import derive
from madang.attendance.models import SessionTerms, Terms
from madang.core import audit
from madang.core.audit import Actor
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import records
from madang.workshops.models import Edition, Session


@transaction.atomic
def change(
    edition: Edition,
    values: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: Actor | None,
) -> None:
    """Set grace and kinds; attendance follows. `expected_version` is None for the defaults.

    Raises `StaleRecordError` or `RefusedError` where somebody else set them in between.
    """
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    stored = Terms.objects.filter(edition=edition).first()
    if stored is None:
        terms = Terms(edition=edition, **values)
        records.add(terms, "attendance_terms.changed", actor=actor, fields=sorted(values))
    elif expected_version is None:
        raise RefusedError(_("This has been entered already: look at it again."))
    else:
        records.change(
            stored, values, "attendance_terms.changed",
            expected_version=expected_version, actor=actor, scope=edition.pk,
        )  # fmt: skip
    derive(edition)


@transaction.atomic
def set_counts(session: Session, *, counts: bool | None, actor: Actor | None) -> None:
    """Let one session count or not, whatever its kind; None goes back to what its kind says.

    Raises `RefusedError` for a break, which never counts.
    """
    if session.kind == Session.Kind.BREAK:
        raise RefusedError(_("A break does not count."))
    Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    if counts is None:
        SessionTerms.objects.filter(session=session).delete()
    else:
        SessionTerms.objects.update_or_create(session=session, defaults={"counts": counts})
    code = {True: "yes", False: "no", None: "usual"}[counts]
    audit.record(actor, "attendance_terms.session", session, counts=code)
