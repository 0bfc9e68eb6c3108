"""What this app tells the rest of the house at the start."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.core import audit, jobs, links
from madang.groups import beside, own_data, rules
from madang.groups.actions import forgetting, planning
from madang.groups.models import Absence, Conclusion, Group, GroupPlan
from madang.people import erasure, retention
from madang.people import own_data as all_own_data
from madang.workshops import asked, desk_pages, own_lines
from madang.workshops.desk_pages import DeskPage
from madang.workshops.pages import navigation

VERBS = {
    "groups.made": _("planned %(groups)s groups for %(thing)s"),
    "groups.changed": _("changed %(fields)s of the groups of %(thing)s"),
    "groups.removed": _("removed the plan of groups"),
    "groups.levels_set": _("set the level of e-Government of %(number)s countries: %(thing)s"),
    "groups.balance_chosen": _("chose a balance for %(number)s repeats: groups of %(thing)s"),
    "groups.planned": _("mixed the groups of %(number)s sessions: %(thing)s"),
    "groups.repaired": _("repaired the groups of %(thing)s; %(number)s people changed group"),
    "groups.undone": _("undid the last change: groups of %(thing)s"),
    "groups.moved": _("put %(thing)s into group %(group)s of round %(round)s"),
    "groups.pinned": _("pinned %(thing)s to a group"),
    "groups.unpinned": _("let %(thing)s be moved between groups again"),
    "groups.group_changed": _("changed %(fields)s of group %(thing)s"),
    "groups.rapporteurs_proposed": _("proposed %(number)s rapporteurs anew: %(thing)s"),
    "groups.published": _("published the groups of %(thing)s"),
    "groups.withdrawn": _("hid the groups of %(thing)s"),
    "absence.added": _("noted when somebody is away: %(thing)s"),
    "absence.changed": _("changed %(fields)s: when %(thing)s is away"),
    "absence.removed": _("noted that somebody is there after all"),
    "conclusion.written": _("wrote a conclusion: %(thing)s"),
    "conclusion.handed_in": _("handed in a conclusion: %(thing)s"),
    "conclusion.accepted": _("accepted a conclusion: %(thing)s"),
    "conclusion.sent_back": _("sent a conclusion back: %(thing)s"),
}


def register() -> None:
    audit.register_verbs(VERBS)
    jobs.register(planning.JOB, planning.propose)
    desk_pages.register(
        "week",
        DeskPage("groups:plan", _("Groups")),
        DeskPage("groups:conclusions", _("Conclusions")),
    )
    navigation.register_below("to_do", "groups")
    own_lines.register(beside.lines)
    asked.register(beside.asked)
    erasure.register(forgetting.forget)
    retention.register_removal(forgetting.remove_absences)
    all_own_data.register("groups", _("groups of the week"), own_data.groups)
    _links()


def _links() -> None:
    links.register(
        GroupPlan,
        kind=GroupPlan._meta.verbose_name,
        title=lambda plan: plan.edition.wording("title"),
        url=lambda plan: reverse("groups:plan", args=[plan.edition.slug]),
        rule=rules.oversee_plan,
        queryset=lambda: GroupPlan.objects.select_related("edition"),
    )
    links.register(
        Group,
        kind=Group._meta.verbose_name,
        title=str,
        url=lambda group: reverse(
            "own_groups:group", args=[group.round.plan.edition.slug, group.pk]
        ),
        rule=rules.oversee_group,
        queryset=lambda: Group.objects.select_related("round__plan__edition"),
    )
    links.register(
        Conclusion,
        kind=Conclusion._meta.verbose_name,
        title=lambda conclusion: str(conclusion.group),
        url=lambda conclusion: reverse(
            "own_groups:group",
            args=[conclusion.group.round.plan.edition.slug, conclusion.group_id],
        ),
        rule=rules.oversee_conclusion,
        queryset=lambda: Conclusion.objects.select_related("group__round__plan__edition"),
    )
    links.register(
        Absence,
        kind=Absence._meta.verbose_name,
        title=lambda absence: str(absence.participation),
        url=lambda absence: reverse("groups:absences", args=[absence.participation.edition.slug]),
        rule=rules.oversee_absence,
        queryset=lambda: Absence.objects.select_related(
            "participation__person__subject", "participation__edition"
        ),
    )
