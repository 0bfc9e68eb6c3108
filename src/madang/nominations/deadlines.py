"""Until when a country may nominate."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.transitions import Text
from madang.nominations.models import Call, Invitation
from madang.people.models import Country


def invitation_of(call: Call, country: Country) -> Invitation | None:
    """How a country is asked, if it is."""
    return Invitation.objects.filter(call=call, country=country).first()


def of(call: Call, invitation: Invitation | None) -> datetime | None:
    """The deadline that holds for a country: its own where it was given one."""
    if invitation is not None and invitation.deadline is not None:
        return invitation.deadline
    return call.deadline


def closed_because(call: Call, invitation: Invitation | None) -> Text | None:
    """Why nothing can be entered or changed any more; None while it can.

    A country that was given a deadline of its own goes on until then, though the call be closed.
    """
    if call.state == Call.State.DRAFT:
        return _("The call is not open yet.")
    deadline = of(call, invitation)
    has_own = invitation is not None and invitation.deadline is not None
    if call.state == Call.State.CLOSED and not has_own:
        return _("The call is closed.")
    if deadline is not None and deadline <= clock.now():
        return _("The deadline has passed.")
    return None
