"""What this app tells the rest of the house at the start."""

from django.utils.translation import gettext_lazy as _

from madang.attendance import rules
from madang.attendance.actions import deriving, requests
from madang.attendance.models import CorrectionRequest, Scan
from madang.attendance.states import State
from madang.core import append_only, audit, events, links
from madang.people import erasure, retention
from madang.workshops.actions.publication import PUBLISHED

LOG = append_only.Frozen(
    "attendance_scan", "1 = 1", "The log of attendance is append-only: add an entry instead."
)
VERBS = {
    "badges.given": _("made %(number)s badges"),
    "badge.replaced": _("replaced the badge of %(thing)s"),
    "badges.printed": _("took %(number)s badges to print"),
    "attendance.scanned": _("sent %(number)s scans from a phone"),
    "attendance.checked_in": _("checked in: %(thing)s"),
    "attendance.entered": _("entered %(thing)s as %(attended)s in a session"),
    "attendance.cleared": _("took back what was entered of %(thing)s in a session"),
    "attendance.all_present": _("entered %(number)s people as present: %(thing)s"),
    "attendance.all_undone": _("took back %(number)s entries: %(thing)s"),
    "attendance.settled": _("settled whose scan it was: %(thing)s"),
    "attendance.dismissed": _("settled that a scan counts for nobody"),
    "attendance_terms.changed": _("changed %(fields)s of attendance"),
    "attendance_terms.session": _("set whether %(thing)s counts: %(counts)s"),
    "attendance_request.asked": _("asked for a correction of attendance"),
    "attendance_request.answered": _("answered a request to correct attendance"),
}


def register() -> None:
    append_only.register(LOG)
    audit.register_verbs(VERBS)
    audit.register_words("attended", dict(State.choices))
    audit.register_words("counts", {"yes": _("yes"), "no": _("no"), "usual": _("as its kind says")})
    _links()
    retention.register(
        CorrectionRequest,
        {field.attname: retention.THIRTY_DAYS for field in CorrectionRequest.personal_fields()},
    )
    erasure.register(requests.forget)
    events.subscribe(PUBLISHED, deriving.derive_once_published)


def _links() -> None:
    links.register(
        CorrectionRequest,
        kind=_("request to correct attendance"),
        title=lambda asked: str(asked.participation),
        rule=rules.see_request,
        queryset=lambda: CorrectionRequest.objects.select_related(
            "participation__person__subject", "participation__edition"
        ),
    )
    links.register(
        Scan,
        kind=_("scan"),
        title=lambda scan: str(scan.get_act_display()),
        rule=rules.see_scan,
    )
