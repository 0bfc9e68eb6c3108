"""What the public learns of a certificate by its code: the workshop, and no more than its holder
chose to show."""

from django.utils.translation import gettext as _

from madang.certificates.models import Certificate
from madang.core import texts
from madang.documents.models import IssuedDocument
from madang.documents.verification import Told


def tell(document: IssuedDocument) -> Told:
    """The workshop, the name where it is shown, and whether another stands in its place."""
    certificate = (
        Certificate.objects.select_related("batch__edition", "replaced_by")
        .filter(document=document)
        .first()
    )
    if certificate is None:
        return Told()
    edition = certificate.batch.edition
    texts.prefetch([edition])
    facts = [(_("Workshop"), str(edition.wording("title")))]
    if certificate.shows_name and certificate.name:
        facts.append((_("Name"), certificate.name))
        if certificate.latin_name and certificate.latin_name != certificate.name:
            facts.append((_("In Latin letters"), certificate.latin_name))
    return Told(tuple(facts), replaced=hasattr(certificate, "replaced_by"))
