"""What this app tells the rest of the house at the start."""

from django.utils.translation import gettext_lazy as _

from madang.attendance import badge_files, rules
from madang.attendance import own_data as own
from madang.attendance.actions import deriving, printing, requests
from madang.attendance.models import CorrectionRequest, Scan
from madang.attendance.queries import own as own_queries
from madang.attendance.states import State
from madang.core import append_only, audit, events, jobs, links
from madang.people import erasure, own_data, retention, shown
from madang.workshops import asked, desk_pages, own_lines
from madang.workshops import rules as workshop_rules
from madang.workshops.actions.publication import PUBLISHED
from madang.workshops.desk_pages import DeskPage
from madang.workshops.pages import navigation

LOG = append_only.Frozen(
    "attendance_scan", "1 = 1", "The log of attendance is append-only: add an entry instead."
)
VERBS = {
    "badges.given": _("made %(number)s badges"),
    "badge.replaced": _("replaced the badge of %(thing)s"),
    "badges.printed": _("took %(number)s badges to print: %(thing)s"),
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
PAGES = (
    DeskPage("attendance:sessions", _("Attendance")),
    DeskPage("attendance:people", _("Who was where")),
    DeskPage("attendance:doubts", _("To settle")),
    DeskPage("attendance:requests", _("Notes on attendance"), workshop_rules.plan_edition),
    DeskPage("attendance:badges", _("Badges"), workshop_rules.plan_edition),
)


def register() -> None:
    append_only.register(LOG)
    audit.register_verbs(VERBS)
    audit.register_words("attended", dict(State.choices))
    audit.register_words("counts", {"yes": _("yes"), "no": _("no"), "usual": _("as its kind says")})
    _pages()
    _links()
    _personal()
    jobs.register(printing.JOB, printing.make)
    events.subscribe(PUBLISHED, deriving.derive_once_published)


def _pages() -> None:
    desk_pages.register("week", *PAGES)
    navigation.register(
        navigation.OwnPage("door", "own_attendance:door", _("At the door"), rule=rules.see_door)
    )
    navigation.register_below("to_do", "check-in", "my-attendance")
    asked.register(own_queries.asked)
    own_lines.register(own_queries.lines)


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
        Scan, kind=_("scan"), title=lambda scan: str(scan.get_act_display()), rule=rules.see_scan
    )


def _personal() -> None:
    retention.register(
        CorrectionRequest,
        {field.attname: retention.THIRTY_DAYS for field in CorrectionRequest.personal_fields()},
    )
    erasure.register(requests.forget)
    shown.register(badge_files.forget_for_person)
    own_data.register("attendance", _("attendance"), own.attendance)
    own_data.register("scans", _("scans and entries of attendance"), own.scans)
    own_data.register("badges", _("badges"), own.badges)
