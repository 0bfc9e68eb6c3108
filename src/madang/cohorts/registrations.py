"""What this app tells the rest of the house at the start."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from madang.cohorts import letter_registrations, notices, rules
from madang.cohorts.actions import decisions, sending, solving
from madang.cohorts.models import Decision, Offer, Pin, Scenario
from madang.cohorts.queries import decisions as decision_pages
from madang.core import append_only, approvals, audit, events, jobs, links, locales
from madang.people import access_links, retention
from madang.people.holders import holders
from madang.workshops import desk_pages
from madang.workshops.desk_pages import DeskPage

SIX_MONTHS = timedelta(days=183)

VERBS = {
    "scenario.added": _("added the scenario %(thing)s"),
    "scenario.changed": _("changed %(fields)s of the scenario %(thing)s"),
    "scenario.removed": _("removed a scenario"),
    "scenario.solved": _("had the scenario %(thing)s solved"),
    "pin.set": _("decided about a nominee apart from the method, in %(thing)s"),
    "pin.removed": _("took back a decision apart from the method, in %(thing)s"),
    "estimates.changed": _("changed the estimates of travel"),
    "drawing.frozen": _("froze the list and the rules of a lottery"),
    "drawing.drawn": _("drew the lottery"),
    "decision.proposed": _("proposed a cohort: %(chosen)s chosen, %(reserves)s in reserve"),
    "decision.in_force": _("put the decision on the cohort in force"),
    "decision.dropped": _("dropped a decision on the cohort"),
    "offer.prepared": _("prepared %(number)s offers"),
    "offer.sent": _("sent an offer"),
    "offer.accepted": _("noted that an offer is accepted"),
    "offer.declined": _("noted that an offer is declined"),
    "offer.withdrawn": _("withdrew an offer"),
    "offer.lapsed": _("noted that an offer had no answer in time"),
    "offer.extended": _("gave more time to answer an offer"),
    "offer.substituted": _("named somebody else for a seat"),
    "offer.released": _("released a seat"),
    "offer.filled": _("offered a seat to a reserve"),
    "terms.changed": _("changed %(fields)s of the terms of the offers"),
}


DRAWN = append_only.Frozen(
    "cohorts_drawing",
    "OLD.drawn_at IS NOT NULL",
    "A lottery that has been drawn stays as it is.",
)


def register() -> None:
    # First: what is registered later in an app stands before it in the navigation.
    letter_registrations.register()
    append_only.register(DRAWN)
    audit.register_verbs(VERBS)
    approvals.register(
        Decision,
        kind="decision",
        label=_("decision on the cohort"),
        content=decisions.content,
        render=decision_pages.as_it_will_stand,
        author_rule=rules.choose,
        director_rule=rules.approve_decision,
        directors=lambda decision: holders("director", decision.edition_id),
    )
    events.subscribe("approval.approved", decisions.put_in_force)
    _register_links()
    access_links.register(
        access_links.Purpose("offer", _("answer an offer of a seat"), "cohort:offer")
    )
    access_links.register(
        access_links.Purpose("seats", _("see to the seats of a country"), "cohort:seats")
    )
    jobs.register(sending.JOB, sending.send_wave)
    jobs.register(solving.JOB, solving.run)
    notices.subscribe()
    retention.register(Pin, {"reason": retention.TWO_YEARS})
    retention.register(Offer, {"remark": SIX_MONTHS})
    desk_pages.register(
        "cohort",
        DeskPage("cohorts:selection", _("Selection")),
        DeskPage("cohorts:offers", _("Offers")),
    )


def _register_links() -> None:
    links.register(
        Scenario,
        kind=_("scenario"),
        title=lambda scenario: scenario.name,
        url=lambda scenario: reverse("cohorts:scenario", args=[scenario.edition.slug, scenario.pk]),
        rule=rules.see_selection,
        queryset=lambda: Scenario.objects.select_related("edition").defer("answer"),
    )
    links.register(
        Decision,
        kind=_("decision on the cohort"),
        title=lambda decision: (
            gettext("Decision %(number)s on the cohort")
            % {"number": locales.number(decision.number)}
        ),
        url=lambda decision: reverse("cohorts:decision", args=[decision.edition.slug, decision.pk]),
        rule=rules.see_selection,
        queryset=lambda: Decision.objects.select_related("edition"),
    )
    links.register(
        Offer,
        kind=_("offer"),
        title=lambda offer: str(offer.nomination.person),
        url=lambda offer: reverse("cohorts:offer", args=[offer.edition.slug, offer.pk]),
        rule=rules.see_offers,
        queryset=lambda: Offer.objects.select_related("edition", "nomination__person__subject"),
    )
