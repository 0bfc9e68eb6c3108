"""What core tells itself at the start: its audit verbs, how its things are named, its clock."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_tasks.signals import task_started

from madang.core import audit, backups, links, rules, vault
from madang.core.models import Approval, DemoClock, Job


def register() -> None:
    audit.register_verbs(
        {
            "approval.started": _("put up version %(number)s for approval: %(thing)s"),
            "approval.cleared": _("cleared version %(number)s for approval: %(thing)s"),
            "approval.approved": _("approved version %(number)s: %(thing)s"),
            "approval.sent_back": _("sent back version %(number)s: %(thing)s"),
            "approval.withdrawn": _("withdrew version %(number)s from approval: %(thing)s"),
            "approval.delegated": _("let another director decide on version %(number)s: %(thing)s"),
            "file.added": _("added a file to %(thing)s"),
            "file.removed": _("removed a file: %(thing)s"),
        }
    )
    links.register(
        Approval,
        kind=_("approval"),
        title=lambda approval: links.kind_of(approval.thing_model),
        rule=rules.see_approval,
        url=_address,
        stands_for=lambda approval: links.Reference(approval.thing_model, approval.thing_id),
    )
    links.register(Job, kind=_("task"), title=str, rule=rules.see_job, url=_address)
    # After the apps' own: it destroys what no app claimed, and completes the ledger.
    backups.on_restore(vault.replay_erasures)
    task_started.connect(_set_demo_clock, dispatch_uid="madang.core.demo_clock")


def _address(thing: Approval | Job) -> str:
    return thing.get_absolute_url()


def _set_demo_clock(**_signal: Any) -> None:
    """A task of the demo runs at the demo's time, like a request."""
    if settings.MADANG_DEMO:
        DemoClock.refresh()
