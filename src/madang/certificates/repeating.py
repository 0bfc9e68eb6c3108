"""What certificates take over when an edition is run again."""

from django.utils.translation import gettext_lazy as _

from madang.certificates.models import CertificateRule, Scheme
from madang.workshops.actions.repeat import Copying, Part


def _certificates(copying: Copying) -> None:
    """Rules, words and who signs. Whoever signs gives the picture of their signature anew."""
    here = {"edition_id": copying.target.pk}
    copying.copy(CertificateRule.objects.filter(edition=copying.source), lambda _rule: here)
    copying.copy(
        Scheme.objects.filter(edition=copying.source),
        lambda _scheme: here | {"prefix": f"{copying.target.slug.upper()}/CERT"[:30]},
    )


PARTS = (
    Part(
        "certificates",
        _("Rules of certificates"),
        _("in every language, with who signs; not the picture of a signature"),
        _certificates,
    ),
)
