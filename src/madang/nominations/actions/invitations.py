"""The countries that are asked: added, given a ministry and a focal point, taken out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit
from madang.nominations import deadlines
from madang.nominations.models import Call, Correspondence, Invitation, Nomination
from madang.people import access_links
from madang.people.actions import people
from madang.people.actions.refusal import RefusedError
from madang.people.models import AccessLink, Account, Country, Person
from madang.workshops.actions import records

PURPOSE = "nominate"
# What was sent can be looked at, and what became of it, for a while after the deadline.
LINK_OUTLASTS = timedelta(days=60)


@dataclass(frozen=True)
class FocalPoint:
    """Whom one writes to; without an address the country has none."""

    name: str
    email: str


@transaction.atomic
def add(
    call: Call, countries: Iterable[Country], *, language: str, actor: audit.Actor
) -> list[Invitation]:
    """Ask more countries; those that are asked already stay as they are."""
    Call.objects.select_for_update().get(pk=call.pk)
    known = set(call.invitations.values_list("country_id", flat=True))
    wanted = {country.pk: country for country in countries if country.pk not in known}
    made = [
        Invitation(call=call, country=country, language=language, version=1)
        for country in wanted.values()
    ]
    Invitation.objects.bulk_create(made)
    audit.record_many(actor, "invitation.added", [(invitation, {}) for invitation in made])
    return made


@transaction.atomic
def change(
    invitation: Invitation,
    values: Mapping[str, Any],
    focal_point: FocalPoint,
    *,
    expected_version: int,
    actor: audit.Actor,
) -> None:
    """Change how a country is asked. Another address is another person: every old link ends."""
    before = invitation.focal_point
    person = _person(invitation, focal_point, values["language"], actor)
    records.change(
        invitation, {**values, "focal_point": person}, "invitation.changed",
        expected_version=expected_version, actor=actor, scope=invitation.call.edition_id,
    )  # fmt: skip
    if before is not None and before != person:
        _revoke(access_links.of(invitation).filter(person=before), actor)


def _person(
    invitation: Invitation, wanted: FocalPoint, language: str, actor: audit.Actor
) -> Person | None:
    """The one behind an address: who it was before, who has an account with it, or a new person."""
    email = wanted.email.strip().lower()
    if not email:
        if wanted.name.strip():
            raise RefusedError(_("Enter the address, too: the link is sent there."), "email")
        return None
    before = invitation.focal_point
    if before is not None and before.email == email:
        if before.name != people.tidy(wanted.name):
            people.change_person(before, actor=actor, name=wanted.name)
        return before
    account = Account.objects.filter(email=email).select_related("person").first()
    if account is not None:
        return account.person
    return people.add_person(
        actor=actor, name=wanted.name, email=email, language=language, country=invitation.country
    )


@transaction.atomic
def remove(invitation: Invitation, *, actor: audit.Actor) -> None:
    """Ask a country no more. Raises `RefusedError` once anything was sent or came."""
    edition, country = invitation.call.edition_id, invitation.country_id
    if (
        Nomination.objects.filter(edition=edition, country=country).exists()
        or Correspondence.objects.filter(edition=edition, country=country).exists()
    ):
        raise RefusedError(_("Something was sent to this country or came from it: it stays."))
    revoke_link(invitation, actor=actor)
    records.remove(invitation, "invitation.removed", actor=actor, scope=edition)


# --- Links ---------------------------------------------------------------------------------------
def link_of(invitation: Invitation) -> AccessLink | None:
    """The newest link of the focal point, whether it holds or not."""
    if invitation.focal_point_id is None:
        return None
    links = access_links.of(invitation, PURPOSE)
    return links.filter(person=invitation.focal_point_id).first()


def give_link(invitation: Invitation, *, actor: audit.Actor | None) -> AccessLink:
    """The focal point's link, to hold for a while after the deadline. Raises `RefusedError`."""
    deadline = deadlines.of(invitation.call, invitation)
    if invitation.focal_point is None:
        raise RefusedError(_("Enter the focal point first."))
    if deadline is None:
        raise RefusedError(_("Set the deadline of the call first."))
    return access_links.give(
        PURPOSE, invitation, invitation.focal_point, until=deadline + LINK_OUTLASTS, actor=actor
    )


@transaction.atomic
def renew_link(invitation: Invitation, *, actor: audit.Actor) -> AccessLink:
    """A new link in the place of the old one, whose address opens nothing any more."""
    _revoke(access_links.of(invitation, PURPOSE), actor)
    return give_link(invitation, actor=actor)


@transaction.atomic
def revoke_link(invitation: Invitation, *, actor: audit.Actor) -> None:
    """Let no link about the country open anything any more, that to its seats included."""
    _revoke(access_links.of(invitation), actor)


def _revoke(links: Iterable[AccessLink], actor: audit.Actor) -> None:
    for link in links:
        access_links.revoke(link, actor=actor)
