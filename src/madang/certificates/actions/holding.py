"""What belongs to one person: the name as printed, leave of a director, what is shown of them."""

from django.db import transaction
from django.utils.translation import gettext as _

from madang.certificates import rules
from madang.certificates.models import Certificate, CertificateRule, Exemption, Spelling
from madang.core import audit, clock
from madang.core.policies import Who
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Participation


def spelling_of(participation: Participation) -> Spelling | None:
    """How somebody wants their name, if they said so."""
    found: Spelling | None = Spelling.objects.filter(participation=participation).first()
    return found


@transaction.atomic
def confirm_spelling(
    participation: Participation, *, name: str, latin_name: str, language: str, actor: audit.Actor
) -> Spelling:
    """Confirm how the name is to stand on certificates that are not issued yet.

    Certificates that are keep what is printed on them, until they are issued anew.
    """
    Participation.objects.select_for_update().get(pk=participation.pk)
    known = spelling_of(participation) or Spelling(
        participation=participation, subject=participation.person.subject
    )
    known.name, known.latin_name = name.strip(), latin_name.strip()
    known.certificate_language, known.confirmed_at = language, clock.now()
    known.save()
    audit.record(actor, "certificate.spelled", participation, scope=participation.edition_id)
    return known


@transaction.atomic
def grant(participation: Participation, kind: str, reason: str, *, actor: Who) -> Exemption:
    """Give somebody a certificate although a condition is not met.

    Raises `RefusedError` for whoever is no director, without a reason, and where leave is given.
    """
    participation = (
        Participation.objects.select_for_update(of=("self",))
        .select_related("edition", "person__subject")
        .get(pk=participation.pk)
    )
    if not rules.grant_exemptions.can(actor, participation.edition):
        raise RefusedError(_("Only a director makes exceptions."))
    if not reason.strip():
        raise RefusedError(_("Say why."), "reason")
    if not CertificateRule.objects.filter(edition=participation.edition, kind=kind).exists():
        raise RefusedError(_("This workshop has no such certificate."))
    if Exemption.objects.filter(participation=participation, kind=kind).exists():
        raise RefusedError(_("This exception is made already."))
    made = Exemption(
        participation=participation,
        kind=kind,
        reason=reason.strip(),
        granted_by=actor.audit_id,
        subject=participation.person.subject,
    )
    made.save(force_insert=True)
    audit.record(actor, "certificate.excepted", made, certificate=kind)
    return made


@transaction.atomic
def take_back(exemption: Exemption, *, actor: Who) -> None:
    """Take an exception back, while nobody has a certificate by it.

    Raises `RefusedError` for whoever is no director, and once it is issued.
    """
    if not rules.grant_exemptions.can(actor, exemption.participation.edition):
        raise RefusedError(_("Only a director makes exceptions."))
    if Certificate.objects.filter(
        participation=exemption.participation_id, kind=exemption.kind, is_current=True
    ).exists():
        raise RefusedError(_("There is a certificate by this exception: revoke that one."))
    audit.record(actor, "certificate.exception_taken_back", exemption, certificate=exemption.kind)
    exemption.delete()


@transaction.atomic
def show_name(certificate: Certificate, *, shows: bool, actor: audit.Actor) -> None:
    """Show the name to whoever verifies the certificate, or show it no longer."""
    stored = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if stored.shows_name == shows:
        return
    stored.shows_name = shows
    stored.save(update_fields=["shows_name"])
    verb = "certificate.name_shown" if shows else "certificate.name_hidden"
    audit.record(actor, verb, stored)
