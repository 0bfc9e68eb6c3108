"""What this app tells the rest of the house at the start."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from madang.core import append_only, approvals, audit, jobs, links
from madang.documents import verification
from madang.people import shown
from madang.people.holders import holders
from madang.reports import making, naming, rules
from madang.reports.actions import issuing
from madang.reports.models import Report
from madang.reports.parts import Part, outcome, people, programme
from madang.reports.parts import register as register_parts
from madang.workshops import desk_pages
from madang.workshops.desk_pages import DeskPage
from madang.workshops.pages import navigation

FROZEN = append_only.Frozen(
    "reports_reportversion", "1 = 1", "A version of a report stays as it was frozen."
)
VERBS = {
    "report.begun": _("began %(thing)s"),
    "report.changed": _("changed %(fields)s of %(thing)s"),
    "report.removed": _("removed a report"),
    "report.section_added": _("added a section to a report"),
    "report.section_changed": _("changed %(fields)s of a section of a report"),
    "report.section_removed": _("removed a section of a report"),
    "report.section_moved": _("moved a section of a report"),
    "report.point_added": _("added a decision or a task to minutes"),
    "report.point_changed": _("changed %(fields)s of a decision or a task of minutes"),
    "report.point_removed": _("removed a decision or a task of minutes"),
    "report.frozen": _("froze version %(number)s of %(thing)s"),
    "report.issued": _("issued version %(number)s of %(thing)s"),
    "report.withdrawn": _("withdrew %(thing)s"),
}
_PARTS = (
    Part("foreword", _("Foreword"), lambda _edition: []),
    Part("summary", _("The workshop in figures"), people.summary, _("when, where, how many")),
    Part(
        "participants", _("Participants"), people.participants,
        _("by country, sector and sex, as numbers"),
    ),
    Part(
        "programme", _("The programme as it was held"), programme.programme,
        _("the last version, with who came and what changed"),
    ),
    Part("attendance", _("Attendance"), programme.attendance, _("numbers for each session")),
    Part("papers", _("Country papers"), programme.country_papers, _("which were accepted")),
    Part(
        "evaluation", _("Evaluation"), outcome.evaluation,
        _("the end evaluation, with charts"),
    ),
    Part("learning", _("What was learned"), outcome.learning, _("before and after, by module")),
    Part(
        "conclusions", _("What the groups concluded"), programme.group_conclusions,
        _("conclusions that were accepted"),
    ),
    Part("plans", _("Action plans"), outcome.action_plans, _("how many went home with one")),
    Part("certificates", _("Certificates"), outcome.certificates_issued, _("how many hold")),
    Part("went_well", _("What went well"), lambda _edition: []),
    Part("lessons", _("Lessons"), lambda _edition: []),
    Part(
        "recommendations", _("Recommendations"), programme.recommendations,
        _("those accepted for the next edition"),
    ),
    Part(
        "people", _("Annex: who took part"), people.annex_people,
        _("names of those who agree to be named"),
    ),
    Part("partners", _("Annex: partners"), people.annex_partners, _("who made it possible")),
)  # fmt: skip


def register() -> None:
    audit.register_verbs(VERBS)
    append_only.register(FROZEN)
    register_parts(*_PARTS)
    jobs.register(issuing.JOB, issuing.freeze_in_background)
    shown.register(making.forget_for_person)
    for kind in Report.Kind:
        verification.register_kind(issuing.kind_of_document(kind), kind.label)
    approvals.register(
        Report,
        kind="report",
        label=_("report"),
        content=issuing.content,
        render=_as_it_will_read,
        author_rule=rules.write,
        director_rule=rules.approve,
        directors=lambda report: holders("director", report.edition_id),
    )
    links.register(
        Report,
        kind=_("report"),
        title=lambda report: report.wording("title"),
        url=lambda report: reverse("reports:report", args=[report.edition.slug, report.pk]),
        rule=rules.oversee,
        queryset=lambda: Report.objects.select_related("edition"),
    )
    desk_pages.register("outcome", DeskPage("reports:index", _("Reports and minutes")))
    navigation.register_below("edition", "reports")


def _as_it_will_read(report: Report, stated: Any) -> SafeString:
    """The version that the director decides on, in the language of whoever reads it."""
    version = report.versions.get(number=stated["number"])
    with timezone.override(report.edition.zone):
        said = naming.named(version.content, get_language() or "en")
    return render_to_string("reports/_read.html", {"said": said})
