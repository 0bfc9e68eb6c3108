"""What this app tells the rest of the house at the start: roles, audit verbs, linkable things."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.core import append_only, audit, events, files, jobs, links
from madang.people import erasure, own_data, retention, roles, shown
from madang.workshops import involvement, notices, rules
from madang.workshops.actions import booklets, calendar_links, participations, stamps, suggesting
from madang.workshops.actions.publication import PUBLISHED
from madang.workshops.actions.sign_ups import PLACE_GIVEN, fill_places_once_published
from madang.workshops.models import (
    Edition,
    Material,
    Participation,
    ProgrammeVersion,
    Session,
    SignUp,
)

ROLE_KINDS = (
    roles.RoleKind(
        "participant",
        _("participant"),
        _("takes part in one edition"),
        ("workshops.edition",),
    ),
    roles.RoleKind(
        "resource_person",
        _("resource person"),
        _("trains and facilitates in one edition"),
        ("workshops.edition",),
    ),
    roles.RoleKind(
        "host",
        _("host or supporter"),
        _("prepares the place and the social programme of one edition"),
        ("workshops.edition",),
    ),
)

VERBS = {
    "series.added": _("added the series %(thing)s"),
    "series.changed": _("changed %(fields)s of %(thing)s"),
    "edition.added": _("added the edition %(thing)s"),
    "edition.changed": _("changed %(fields)s of %(thing)s"),
    "edition.announced": _("announced %(thing)s"),
    "edition.withdrawn": _("took back the announcement of %(thing)s"),
    "edition.closed": _("closed %(thing)s"),
    "edition.reopened": _("opened %(thing)s again"),
    "edition.repeated": _("planned %(thing)s after an earlier edition"),
    "programme.published": _("published version %(number)s of the programme"),
    "timetable.used": _("used a suggested timetable"),
    "timetable.undone": _("undid a suggested timetable"),
    "programme.reset": _("set the draft back to version %(number)s"),
    "session.added": _("added %(thing)s"),
    "session.changed": _("changed %(fields)s of %(thing)s"),
    "session.placed": _("placed %(thing)s"),
    "session.unplaced": _("took %(thing)s out of the timetable"),
    "session.cancelled": _("cancelled %(thing)s"),
    "session.reinstated": _("reinstated %(thing)s"),
    "session.removed": _("removed a session"),
    "participation.added": _("added %(thing)s"),
    "participation.changed": _("changed %(fields)s of %(thing)s"),
    "participation.cancelled": _("cancelled the participation of %(thing)s"),
    "participation.restored": _("expects %(thing)s again"),
    "sign_up.asked": _("signed up: %(thing)s"),
    "sign_up.confirmed": _("gave a place: %(thing)s"),
    "sign_up.withdrawn": _("withdrew the sign-up: %(thing)s"),
    "recommendation.added": _("added a recommendation"),
    "recommendation.changed": _("changed a recommendation"),
    "recommendation.removed": _("removed a recommendation"),
    "recommendation.answered": _("answered a recommendation"),
    "recommendation.declined": _("declined a recommendation"),
    "recommendation.reopened": _("opened a recommendation again"),
    "module.added": _("added a module"),
    "module.changed": _("changed a module"),
    "module.removed": _("removed a module"),
    "place.added": _("added a place or room"),
    "place.changed": _("changed a place or room"),
    "place.removed": _("removed a place or room"),
    "partner.added": _("added a partner"),
    "partner.changed": _("changed a partner"),
    "partner.removed": _("removed a partner"),
    "material.added": _("added %(thing)s"),
    "material.changed": _("changed %(fields)s of %(thing)s"),
    "material.withdrawn": _("withdrew %(thing)s"),
    "material.versioned": _("added version %(number)s of %(thing)s"),
    "calendar_link.made": _("made a secret calendar address for %(thing)s"),
    "calendar_link.renewed": _("replaced the secret calendar address of %(thing)s"),
    "calendar_link.stopped": _("stopped the secret calendar address of %(thing)s"),
}


PUBLISHED_VERSIONS = append_only.Frozen(
    "workshops_programmeversion",
    "1 = 1",
    "A published programme is frozen: a change is a new version.",
)


def register() -> None:
    append_only.register(PUBLISHED_VERSIONS)
    for kind in ROLE_KINDS:
        roles.register(kind)
    audit.register_verbs(VERBS)
    links.register(
        Edition,
        kind=_("edition"),
        title=lambda edition: edition.wording("title"),
        url=lambda edition: reverse("workshops:edition", args=[edition.slug]),
        rule=rules.see_edition,
    )
    links.register(
        Session,
        kind=_("session"),
        title=lambda session: session.wording("title"),
        url=lambda session: reverse("workshops:session", args=[session.edition.slug, session.id]),
        rule=rules.oversee,
        queryset=lambda: Session.objects.select_related("edition"),
    )
    links.register(
        ProgrammeVersion,
        kind=_("version of the programme"),
        title=lambda version: str(version.number),
        url=lambda version: reverse(
            "workshops:version", args=[version.edition.slug, version.number]
        ),
        rule=rules.see_version,
        queryset=lambda: ProgrammeVersion.objects.select_related("edition").defer("content"),
    )
    links.register(
        Participation,
        kind=_("participation"),
        title=str,
        rule=rules.see_participation,
        queryset=lambda: Participation.objects.select_related("person__subject", "edition"),
    )
    links.register(
        SignUp,
        kind=_("sign-up"),
        title=lambda asked: asked.session.wording("title"),
        url=lambda asked: reverse(
            "workshops:session", args=[asked.session.edition.slug, asked.session_id]
        ),
        rule=rules.see_sign_up,
        queryset=lambda: SignUp.objects.select_related("session__edition"),
    )
    links.register(
        Material,
        kind=_("material"),
        title=lambda material: material.wording("title"),
        url=lambda material: reverse("workshops:materials", args=[material.edition.slug]),
        rule=rules.see_material,
        queryset=lambda: Material.objects.select_related("edition"),
    )
    files.register_owner(
        Material, rules.see_material, queryset=lambda: Material.objects.select_related("edition")
    )
    jobs.register(suggesting.JOB, suggesting.suggest)
    jobs.register(booklets.JOB, booklets.make)
    shown.register(stamps.touch_for_person)
    shown.register(booklets.forget_for_person)
    erasure.register(calendar_links.forget)
    erasure.register(participations.leave_what_comes)
    for name in (PUBLISHED, notices.TOLD_IN_PART):
        events.subscribe(name, notices.tell_of_publication)
    events.subscribe(PUBLISHED, fill_places_once_published)
    events.subscribe(PLACE_GIVEN, notices.tell_of_place)
    retention.register_involvement(involvement.last_days)
    own_data.register("participations", _("workshops"), involvement.participations)
    own_data.register("sign_ups", _("sign-ups"), involvement.sign_ups)
