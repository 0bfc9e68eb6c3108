"""What this app tells the rest of the house at the start."""

from django.utils.translation import gettext_lazy as _

from madang.core import audit

VERBS = {
    "document.issued": _("issued the document %(reference)s"),
    "document.revoked": _("revoked a document"),
}


def register() -> None:
    audit.register_verbs(VERBS)
