"""What certificates ask of one person, for their list of what is to be done."""

from collections.abc import Iterable

from django.db.models import Exists
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.certificates.models import Certificate, Scheme, Spelling
from madang.core import clock
from madang.workshops.asked import Asked
from madang.workshops.models import Participation


def certificates(participation: Participation) -> Iterable[Asked]:
    """To confirm how the name is spelled, until there is a certificate to collect: one query."""
    edition = participation.edition
    if participation.kind != Participation.Kind.PARTICIPANT:
        return
    if clock.today(edition.zone) < edition.starts_on:
        return
    mine = Certificate.objects.filter(
        participation=participation, is_current=True, file__isnull=False
    )
    confirmed = Spelling.objects.filter(participation=participation, confirmed_at__isnull=False)
    found = (
        Scheme.objects.filter(edition=edition)
        .annotate(is_ready=Exists(mine), is_confirmed=Exists(confirmed))
        .values_list("is_ready", "is_confirmed")
        .first()
    )
    if found is None:
        return
    is_ready, is_confirmed = found
    if is_ready:
        note = _("ready to be collected")
    elif is_confirmed:
        note = _("your name is confirmed")
    else:
        note = _("confirm how your name is spelled")
    url = reverse("own_certificates:certificate", args=[edition.slug])
    yield Asked(_("Your certificate"), url, note, is_done=is_ready or is_confirmed)
