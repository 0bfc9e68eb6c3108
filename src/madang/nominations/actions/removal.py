"""Removing a nomination that was never sent, and whom it alone made known."""

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, files
from madang.core.audit import Actor
from madang.nominations.actions.endorsements import PURPOSE
from madang.nominations.completeness import endorsement_of
from madang.nominations.models import Nomination
from madang.people import access_links, erasure
from madang.people.actions.refusal import RefusedError
from madang.people.models import Person


@transaction.atomic
def remove_draft(nomination: Nomination, *, actor: Actor | None) -> None:
    """Delete a draft; the nominee and who was asked to endorse are erased, unless otherwise known.

    Raises `RefusedError` for one that was sent before.
    """
    stored = Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    if stored.state != Nomination.State.DRAFT or stored.submitted_at is not None:
        raise RefusedError(_("It was sent already: withdraw it instead."))
    involved = [stored.person]
    audit.record(actor, "nomination.removed", stored, number=stored.number)
    endorsement = endorsement_of(stored)
    if endorsement is not None:
        access_links.of(endorsement, PURPOSE).delete()
        for file in files.of(endorsement):
            files.remove(file, actor=actor)
        if endorsement.endorser is not None:
            involved.append(endorsement.endorser)
    stored.delete()
    for person in involved:
        if not _is_known_otherwise(person):
            erasure.erase(person, actor=actor)


def _is_known_otherwise(person: Person) -> bool:
    """Whether any row still points at a person."""
    relations = [it for it in person._meta.get_fields(include_hidden=True) if it.auto_created]
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: person}).exists()
        for relation in relations
        if relation.one_to_many or relation.one_to_one
    )
