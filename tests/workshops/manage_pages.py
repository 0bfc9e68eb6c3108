"""An edition with one of everything, and the addresses of the secretariat's pages about it."""

from typing import NamedTuple

from django.urls import reverse

from madang.workshops.actions import materials
from madang.workshops.models import Edition, Participation, RecommendationAnswer, Session
from tests import factories as make


class Week(NamedTuple):
    """The edition, the pages that read and those that change."""

    edition: Edition
    read: list[str]
    change: list[str]


READ = (
    "edition", "sessions", "people", "materials", "places", "recommendations", "settings",
    "history",
)  # fmt: skip
CHANGE = (
    "edition_edit", "edition_repeat", "module_add", "partner_add", "session_add", "person_find",
    "person_add", "material_add", "site_add", "travel", "recommendation_add",
)  # fmt: skip


def make_week() -> Week:
    """An announced edition after an earlier one of its series."""
    earlier = make.make_edition(number=1)
    edition = make.make_edition(series=earlier.series, number=2)
    module = make.make_module(edition)
    site = make.make_site(edition)
    make.make_site(edition)
    room = make.make_room(site)
    person = make.make_participation(edition, kind=Participation.Kind.RESOURCE_PERSON)
    session = make.make_session(
        edition, day=1, room=room, module=module, audience=Session.Audience.SIGN_UP, places=2
    )
    make.make_part(session, person)
    make.make_sign_up(session, make.make_participation(edition))
    partner = make.make_partner(edition)
    material = materials.add_material(
        edition, {"title": "Slides", "session": session}, b"%PDF-1.4\n%%EOF\n", actor=None
    )
    recommendation = make.make_recommendation(edition)
    answer = RecommendationAnswer.objects.create(
        recommendation=make.make_recommendation(earlier), edition=edition
    )
    things = {
        "module": module, "site": site, "room": room, "session": session, "partner": partner,
        "material": material, "recommendation": recommendation, "answer": answer,
        "edition": edition,
    }  # fmt: skip
    read = [reverse(f"manage:{name}", args=[edition.slug]) for name in READ]
    read += [
        reverse("manage:session", args=[edition.slug, session.pk]),
        reverse("manage:sign_ups", args=[edition.slug, session.pk]),
        reverse("manage:person", args=[edition.slug, person.pk]),
        reverse("manage:material", args=[edition.slug, material.pk]),
    ]
    change = [reverse(f"manage:{name}", args=[edition.slug]) for name in CHANGE]
    change += [
        reverse(f"manage:{name}", args=[edition.slug, thing.pk])
        for name, thing in (
            ("module_edit", module),
            ("module_remove", module),
            ("partner_edit", partner),
            ("partner_remove", partner),
            ("site_edit", site),
            ("site_remove", site),
            ("room_add", site),
            ("room_edit", room),
            ("room_remove", room),
            ("session_edit", session),
            ("session_remove", session),
            ("person_edit", person),
            ("person_cancel", person),
            ("material_edit", material),
            ("material_version", material),
            ("material_withdraw", material),
            ("recommendation_edit", recommendation),
            ("recommendation_remove", recommendation),
            ("answer_edit", answer),
        )
    ]
    change += [
        reverse("manage:translation", args=[edition.slug, kind, thing.pk])
        for kind, thing in things.items()
    ]
    return Week(edition, read, change)
