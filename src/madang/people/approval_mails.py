"""Mails around approvals: something waits for a director, or was decided."""

from uuid import UUID

from django.utils import translation

from madang.core import approvals, links, outbox
from madang.core.links import Reference
from madang.core.models import Approval, Event
from madang.people.models import Account


def tell_director(event: Event) -> None:
    """Something waits for the director named in an approval (or to whom it was delegated)."""
    approval = Approval.objects.get(pk=event.thing_id)
    if approval.state == Approval.State.CLEARED:
        _tell(approval.director_id, approval, event, "people/mails/approval_waits")


def tell_author(event: Event) -> None:
    """What somebody put up was approved, or came back."""
    approval = Approval.objects.get(pk=event.thing_id)
    _tell(approval.author_id, approval, event, "people/mails/approval_decided")


def _tell(account_id: UUID, approval: Approval, event: Event, template: str) -> None:
    accounts = Account.objects.select_related("person__subject")
    account = accounts.filter(pk=account_id, is_active=True).first()
    if account is None or not account.person.email:
        return
    reference = Reference(approval.thing_model, approval.thing_id)
    with translation.override(account.person.language):
        link = links.resolve([reference], account).get(reference)
        outbox.post(
            key=f"{event.name}:{event.id}",
            to=account.person,
            template=template,
            context={
                "person": account.person,
                "title": link.title if link else approvals.kind_of(approval).label,
                "approved": approval.state == Approval.State.APPROVED,
                "reason": approval.reason,
                "path": approval.get_absolute_url(),
            },
            about=approval,
        )
