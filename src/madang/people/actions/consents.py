"""Agreeing to a use of one's data, and taking that back."""

from django.db import transaction

from madang.core import audit, clock
from madang.core.audit import Actor
from madang.people import shown
from madang.people.models import Consent, Person


@transaction.atomic
def give_consent(person: Person, *, actor: Actor | None, purpose: str) -> Consent:
    """Record that a person agrees. Agreeing twice changes nothing."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    purpose = Consent.Purpose(purpose).value
    standing = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).first()
    if standing is not None:
        return standing
    consent = Consent.objects.create(person=person, purpose=purpose)
    audit.record(actor, "consent.given", person, purpose=purpose)
    shown.changed(person.pk)
    return consent


@transaction.atomic
def withdraw_consent(person: Person, *, actor: Actor | None, purpose: str) -> None:
    """Record that a person takes their agreement back; without one nothing changes."""
    standing = Consent.objects.select_for_update().filter(
        person=person, purpose=Consent.Purpose(purpose).value, withdrawn_at=None
    )
    for consent in standing:
        consent.withdrawn_at = clock.now()
        consent.save(update_fields=["withdrawn_at"])
        audit.record(actor, "consent.withdrawn", person, purpose=purpose)
        shown.changed(person.pk)
