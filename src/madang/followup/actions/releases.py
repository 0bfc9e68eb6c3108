"""Letting a supervisor see some of it, taking that back, and what the supervisor answers.

None of it stands in the history of the edition, which the secretariat reads.
"""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, clock, outbox
from madang.followup.models import ActionPlan, Release, ReleasedPart
from madang.followup.queries import releasable
from madang.people import access_links
from madang.people.actions.people import add_person, tidy
from madang.people.actions.refusal import RefusedError
from madang.people.models import AccessLink

PURPOSE = "supervise"
LASTS = timedelta(days=120)


def current(plan: ActionPlan) -> Release | None:
    """The release that holds, with the supervisor."""
    holding = plan.releases.exclude(state=Release.State.WITHDRAWN)
    found: Release | None = holding.select_related("supervisor__subject").first()
    return found


@transaction.atomic
def name_supervisor(
    plan: ActionPlan, name: str, email: str, parts: Collection[str], *, actor: audit.Actor | None
) -> Release:
    """Mail a supervisor, in the participant's name, that there is something to confirm.

    `parts` are keys of `queries.releasable`: nothing else is shown. Who calls this has the
    participant's consent. Raises `RefusedError` where somebody is named already, nothing is chosen
    or the address is the participant's own.
    """
    plan = _locked(plan)
    person = plan.participation.person
    email = tidy(email).lower()
    if current(plan) is not None:
        raise RefusedError(_("Somebody is named already: take that back first."))
    if email == person.email:
        raise RefusedError(_("This is your own address."), "email")
    chosen = releasable.chosen(plan, parts)
    if not chosen:
        raise RefusedError(_("Choose what your supervisor sees."), "parts")
    release = Release(
        plan=plan,
        subject=person.subject,
        # By nobody's name, so that the history of people does not tell who is whose supervisor.
        supervisor=add_person(
            actor=None, name=name, email=email, country=person.country, language=person.language
        ),
        consented_at=clock.now(),
    )
    release.save(force_insert=True)
    _write_parts(release, chosen)
    audit.record(actor, "plan_release.given", release, number=len(chosen))
    link = access_links.give(
        PURPOSE, release, release.supervisor, until=clock.now() + LASTS, actor=actor
    )
    outbox.post(
        key=f"supervisor-asked:{release.pk}",
        to=release.supervisor,
        template="followup/mails/supervisor",
        context={
            "name": str(release.supervisor),
            "participant": str(person),
            "edition": plan.participation.edition,
            "address": access_links.address(link),
        },
        about=release,
    )
    return release


@transaction.atomic
def choose(release: Release, parts: Collection[str], *, actor: audit.Actor | None) -> None:
    """Show exactly these parts from now on. Raises `RefusedError` where nothing is chosen."""
    plan = _locked(release.plan)
    stored = _holding(release)
    chosen = releasable.chosen(plan, parts)
    if not chosen:
        raise RefusedError(_("Choose what your supervisor sees, or take it all back."), "parts")
    stored.parts.all().delete()
    _write_parts(stored, chosen)
    stored.save()
    audit.record(actor, "plan_release.changed", stored, number=len(chosen))


@transaction.atomic
def withdraw(release: Release, *, actor: audit.Actor | None) -> None:
    """Nothing is shown any more, from this moment on; what the supervisor wrote stays.

    Twice does no harm.
    """
    _locked(release.plan)
    stored = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    if stored.state == Release.State.WITHDRAWN:
        return
    stored.withdraw(actor=actor)
    stored.parts.all().delete()
    for link in access_links.of(stored, PURPOSE):
        access_links.revoke(link, actor=actor)


@transaction.atomic
def confirm(release: Release, verdict: str, comment: str, *, actor: AccessLink) -> None:
    """What the supervisor answers through their link, again while the release holds."""
    stored = _holding(release)
    # Who answered stands in the row, for the participant; the history of all names nobody.
    stored.confirm(
        actor=None,
        fields={
            "verdict": Release.Verdict(verdict).value,
            "comment": tidy(comment),
            "answered_at": clock.now(),
        },
    )
    access_links.note_use(actor)


def _locked(plan: ActionPlan) -> ActionPlan:
    locked = ActionPlan.objects.select_for_update(of=("self",))
    return locked.select_related("participation__person__subject", "participation__edition").get(
        pk=plan.pk
    )


def _holding(release: Release) -> Release:
    stored = (
        Release.objects.select_for_update(of=("self",))
        .select_related("plan__participation")
        .get(pk=release.pk)
    )
    if stored.state == Release.State.WITHDRAWN:
        raise RefusedError(_("This was taken back."))
    return stored


def _write_parts(release: Release, chosen: Collection[releasable.Item]) -> None:
    ReleasedPart.objects.bulk_create(
        ReleasedPart(
            release=release, action=item.action, report=item.report, part=item.part, version=1
        )
        for item in chosen
    )
