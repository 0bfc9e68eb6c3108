"""What is known of somebody's certificates beside their encrypted words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from madang.certificates.models import Certificate
from madang.people.models import Person


def certificates(person: Person) -> Iterable[Mapping[str, Any]]:
    """Certificates that were issued to somebody, for a copy of their own data."""
    issued = Certificate.objects.filter(participation__person=person, document__isnull=False)
    for certificate in issued.select_related("document").order_by("issued_at"):
        yield {
            _("kind"): certificate.get_kind_display(),
            _("number"): certificate.document.reference,
            _("issued"): certificate.document.issued_on,
            _("state"): certificate.document.get_state_display(),
            _("shows the name"): _("yes") if certificate.shows_name else _("no"),
        }
