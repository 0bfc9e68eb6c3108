"""What this app tells the rest of the house at the start: audit verbs, pages, lifetimes."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.core import audit, citations, files, links
from madang.evaluation.models import Form
from madang.followup import asked, own_data, public, repeating, rules
from madang.followup.actions import asking, releases
from madang.followup.forms.results import PURPOSE as RESULT
from madang.followup.models import (
    Action,
    ActionPlan,
    FollowUp,
    PlanVersion,
    Progress,
    Release,
    Report,
    Result,
    Round,
)
from madang.groups.models import Conclusion
from madang.people import access_links, erasure, retention
from madang.people import own_data as copies
from madang.workshops import asked as asked_of_people
from madang.workshops import desk_pages, latest
from madang.workshops.actions import repeat
from madang.workshops.desk_pages import DeskPage
from madang.workshops.forms.recommendations import SOURCE
from madang.workshops.models import Material, Recommendation, Session
from madang.workshops.pages import navigation

VERBS = {
    "follow_up.begun": _("let people be asked for action plans"),
    "follow_up.changed": _("changed %(fields)s: when people are asked for action plans"),
    "round.opened": _("began to ask what became of the action plans"),
    "round.closed": _("ended a round of the follow-up"),
    "round.moved": _("moved the round after %(months)s months to %(day)s"),
    "plan.begun": _("began an action plan"),
    "plan.written": _("wrote at an action plan"),
    "plan.handed_in": _("handed an action plan in"),
    "plan.taken_back": _("took an action plan back to change it"),
    "progress.told": _("told what became of %(number)s actions"),
    "progress.answered": _("answered what became of an action plan"),
    "plan_release.given": _("let a supervisor see %(number)s parts of an action plan"),
    "plan_release.changed": _("changed what a supervisor sees: %(number)s parts of an action plan"),
    "plan_release.confirmed": _("answered as a supervisor"),
    "plan_release.withdrawn": _("took back what a supervisor sees"),
    "result.told": _("told the result %(thing)s"),
    "result.changed": _("changed %(fields)s of the result %(thing)s"),
    "result.published": _("published the result %(thing)s"),
    "result.declined": _("did not publish the result %(thing)s"),
    "result.removed": _("removed a result"),
}


def register() -> None:
    audit.register_verbs(VERBS)
    access_links.register(
        access_links.Purpose(asking.PURPOSE, _("tell what became of a plan"), "following:follow_up")
    )
    access_links.register(
        access_links.Purpose(
            releases.PURPOSE, _("confirm what became of a plan"), "following:supervise"
        )
    )
    desk_pages.register(
        "outcome",
        DeskPage("followup:follow_up", _("Follow-up")),
        DeskPage("followup:levels", _("Four levels")),
    )
    navigation.register_below("to_do", "action-plan", "follow-up")
    navigation.register(public.TAB)
    latest.register(public.news)
    asked_of_people.register(asked.source)
    repeat.register(*repeating.PARTS)
    _link()
    _cite()
    files.register_owner(
        Report,
        rules.own_report,
        queryset=lambda: Report.objects.select_related("progress__plan__participation"),
    )
    for model in (Action, PlanVersion, Report, Release):
        retention.register(
            model,
            {personal.attname: retention.TWO_YEARS for personal in model.personal_fields()},
        )
    erasure.register(own_data.forget)
    copies.register("action_plans", _("action plans"), own_data.plans)


def _link() -> None:
    for model, rule, path in (
        (ActionPlan, rules.own_thing, "participation__edition"),
        (Progress, rules.own_progress, "plan__participation__edition"),
        (Release, rules.own_progress, "plan__participation__edition"),
    ):
        # Of a plan the history of the edition says no more than that there is one.
        links.register(
            model,
            kind=model._meta.verbose_name,
            title=lambda thing: str(type(thing)._meta.verbose_name),
            rule=rule,
            queryset=lambda model=model, path=path: model.objects.select_related(path),
        )
    links.register(
        FollowUp,
        kind=FollowUp._meta.verbose_name,
        title=lambda follow_up: follow_up.edition.wording("title"),
        url=lambda follow_up: reverse("followup:follow_up", args=[follow_up.edition.slug]),
        rule=rules.oversee,
        queryset=lambda: FollowUp.objects.select_related("edition"),
    )
    links.register(
        Round,
        kind=Round._meta.verbose_name,
        title=lambda asking: asking.edition.wording("title"),
        url=lambda asking: reverse("followup:follow_up", args=[asking.edition.slug]),
        rule=rules.oversee,
        queryset=lambda: Round.objects.select_related("edition"),
    )
    links.register(
        Result,
        kind=_("result"),
        title=lambda result: result.wording("title"),
        url=lambda result: reverse("own_followup:results", args=[result.edition.slug]),
        rule=rules.see_result,
        queryset=lambda: Result.objects.select_related("edition", "told_by"),
    )
    links.register(
        Conclusion,
        kind=_("conclusion of a group"),
        title=_first_words,
        rule=rules.see_conclusion,
        queryset=lambda: Conclusion.objects.select_related("group__round__plan"),
    )


def _first_words(conclusion: Conclusion) -> str:
    text = str(conclusion.wording("text")).strip()
    return text if len(text) <= 120 else f"{text[:119].rstrip()}…"


def _cite() -> None:
    """What a recommendation can be drawn from, and what a result has to do with."""
    citations.register(
        SOURCE,
        Conclusion,
        lambda edition_id: Conclusion.objects.filter(
            group__round__plan__edition=edition_id, state=Conclusion.State.ACCEPTED
        ),
    )
    citations.register(
        SOURCE,
        Form,
        lambda edition_id: Form.objects.filter(edition=edition_id, state=Form.State.CLOSED),
    )
    citations.register(
        RESULT, Session, lambda edition_id: Session.objects.filter(edition=edition_id)
    )
    citations.register(
        RESULT,
        Material,
        lambda edition_id: Material.objects.filter(edition=edition_id, is_withdrawn=False),
    )
    citations.register(
        RESULT,
        Recommendation,
        lambda edition_id: Recommendation.objects.filter(
            edition=edition_id, state=Recommendation.State.ACCEPTED
        ),
    )
