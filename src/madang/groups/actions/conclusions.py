"""What a group concludes: written, handed in, accepted or sent back with a note."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import languages
from madang.core.audit import Actor
from madang.groups.models import Conclusion
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import records


@transaction.atomic
def write(
    conclusion: Conclusion, text: str, *, expected_version: int, actor: Actor | None, scope: Any
) -> Conclusion:
    """Save what was typed; returns the row as it is now.

    Raises `StaleRecordError` where somebody else saved in between, `RefusedError` once it was
    handed in. The language is that of whoever writes first.
    """
    stored = Conclusion.objects.select_for_update().get(pk=conclusion.pk)
    if stored.state != Conclusion.State.OPEN:
        raise RefusedError(_("It has been handed in: whoever looks after it can send it back."))
    values: dict[str, Any] = {"text": text}
    if not stored.text:
        values["language"] = languages.current()
    records.change(
        conclusion, values, "conclusion.written", expected_version=expected_version, actor=actor,
        scope=scope,
    )  # fmt: skip
    return Conclusion.objects.get(pk=conclusion.pk)


@transaction.atomic
def hand_in(conclusion: Conclusion, *, actor: Actor | None, scope: Any) -> None:
    """The group is done with it."""
    conclusion.hand_in(actor=actor, scope=scope, fields={"note": ""})


@transaction.atomic
def accept(conclusion: Conclusion, *, actor: Actor | None, scope: Any) -> None:
    """It goes into the report."""
    conclusion.accept(actor=actor, scope=scope)


@transaction.atomic
def send_back(conclusion: Conclusion, note: str, *, actor: Actor | None, scope: Any) -> None:
    """The group is asked to mend it: `note` says what. Raises `RefusedError` without one."""
    if not note.strip():
        raise RefusedError(_("Say what is to be mended."), "note")
    conclusion.send_back(actor=actor, scope=scope, fields={"note": note.strip()})
