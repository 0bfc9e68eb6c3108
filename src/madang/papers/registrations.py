"""What this app tells the rest of the house at the start: audit verbs, pages, files, lifetimes."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.cohorts.actions import offers
from madang.core import audit, events, files, links
from madang.papers import asked, own_data, repeating, rules, session_part
from madang.papers.actions import asking
from madang.papers.models import (
    Agreement,
    Paper,
    PaperKind,
    PaperRequest,
    PaperVersion,
    Presentation,
    Template,
)
from madang.people import erasure, retention
from madang.people import own_data as copies
from madang.workshops import asked as asked_of_people
from madang.workshops import desk_pages, latest, own_lines
from madang.workshops import rules as workshop_rules
from madang.workshops.actions import repeat
from madang.workshops.desk_pages import DeskPage
from madang.workshops.pages import navigation, session_parts

VERBS = {
    "paper_request.added": _("prepared the request for papers"),
    "paper_request.changed": _("changed %(fields)s of the request for papers"),
    "paper_request.opened": _("opened the request for papers"),
    "paper_request.closed": _("closed the request for papers"),
    "paper_request.asked": _("asked %(number)s delegations for papers"),
    "paper_kind.added": _("asks for %(thing)s"),
    "paper_kind.changed": _("changed %(fields)s: %(thing)s"),
    "paper_kind.removed": _("asks for a kind of paper no more"),
    "paper.described": _("changed %(fields)s of the paper %(thing)s"),
    "paper.versioned": _("uploaded version %(number)s of the paper %(thing)s"),
    "paper.received": _("sent the paper %(thing)s"),
    "paper.accepted": _("accepted the paper %(thing)s"),
    "paper.sent_back": _("sent the paper %(thing)s back"),
    "paper.excused": _("excused a delegation: %(thing)s"),
    "paper.asked_again": _("expects again the paper %(thing)s"),
    "paper.extended": _("gave more time for the paper %(thing)s"),
    "paper.reminded": _("reminded of the paper %(thing)s"),
    "paper.agreed": _("agreed for the paper %(thing)s: %(purpose)s"),
    "paper.agreement_withdrawn": _("took an agreement back for the paper %(thing)s: %(purpose)s"),
    "presentation.added": _("gave %(thing)s place %(number)s in a session"),
    "presentation.changed": _("changed %(fields)s of the presentation of %(thing)s"),
    "presentation.removed": _("took a delegation out of a session"),
}


def register() -> None:
    audit.register_verbs(VERBS)
    audit.register_words("purpose", dict(Agreement.Purpose.choices))
    desk_pages.register("week", DeskPage("papers:board", _("Country papers")))
    navigation.register_below("to_do", "our-papers")
    navigation.register_below("programme", "presenting")
    navigation.register_below("materials", "papers")
    asked_of_people.register(asked.source)
    own_lines.register(asked.lines)
    session_parts.register(session_part.of_session)
    latest.register(session_part.news)
    _link()
    _own_files()
    events.subscribe(offers.ANSWERED, asking.ask_newcomers)
    repeat.register(*repeating.PARTS)
    erasure.register(own_data.forget)
    retention.register_removal(own_data.remove_notes)
    copies.register("papers", _("papers"), own_data.papers)
    copies.register("paper_agreements", _("agreements on papers"), own_data.agreements)


def _link() -> None:
    links.register(
        PaperRequest,
        kind=PaperRequest._meta.verbose_name,
        title=lambda request: str(request.edition.wording("title")),
        url=lambda request: reverse("papers:request", args=[request.edition.slug]),
        rule=rules.see_request,
        queryset=lambda: PaperRequest.objects.select_related("edition"),
    )
    links.register(
        PaperKind,
        kind=PaperKind._meta.verbose_name,
        title=lambda kind: kind.wording("title"),
        url=lambda kind: reverse("papers:request", args=[kind.request.edition.slug]),
        rule=rules.see_kind,
        queryset=lambda: PaperKind.objects.select_related("request__edition"),
    )
    links.register(
        Paper,
        kind=Paper._meta.verbose_name,
        title=lambda paper: f"{paper.kind.wording('title')}, {paper.country.wording('name')}",
        url=lambda paper: reverse("papers:paper", args=[paper.edition.slug, paper.pk]),
        rule=workshop_rules.oversee,
        queryset=lambda: Paper.objects.select_related("kind", "country", "edition"),
    )
    links.register(
        Presentation,
        kind=Presentation._meta.verbose_name,
        title=lambda presentation: presentation.country.wording("name"),
        url=lambda presentation: reverse("papers:places", args=[presentation.edition.slug]),
        rule=workshop_rules.oversee,
        queryset=lambda: Presentation.objects.select_related("country", "edition"),
    )


def _own_files() -> None:
    files.register_owner(
        PaperVersion,
        rules.see_version,
        queryset=lambda: PaperVersion.objects.select_related("paper__edition"),
    )
    files.register_owner(
        Template,
        rules.see_template,
        queryset=lambda: Template.objects.select_related("kind__request"),
    )
