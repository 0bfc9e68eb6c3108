"""The demo's week: its sessions through four published versions, sign-ups, and answers given."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from madang.core import clock, events
from madang.site.demo.content import content, given, source
from madang.workshops.actions import publication, recommendations, sessions, sign_ups
from madang.workshops.models import Edition, Session

if TYPE_CHECKING:
    from madang.site.demo.loading import Cast

# Who signed up for what: the share of the participants, in the order of the list.
SIGNED_UP = {"dinner": 31, "trip": 34, "lab-permit": 18, "lab-register": 19}


def load(cast: "Cast") -> None:
    """Plan, publish and change the programme as it happened, and let people sign up."""
    edition = cast.editions["incheon-2007"]
    stated = content("sessions")
    planned: dict[str, Session] = {}
    for version in stated["versions"]:
        moment: datetime = version["published"]
        with clock.at(moment - timedelta(hours=2)):
            for entry in stated["sessions"]:
                if entry["key"] in version["without"]:
                    continue
                values = _values(cast, edition, entry, version["earlier"].get(entry["key"], {}))
                _plan(cast, planned, entry, values)
        if version["number"] == 1:
            with clock.at(moment - timedelta(hours=1)):
                _answer(cast, edition, planned)
        with clock.at(moment):
            publication.publish(edition, notes=version["note"], actor=cast.officer)
            events.deliver_waiting()
        edition.refresh_from_db()
    with clock.at(stated["versions"][-1]["published"] + timedelta(days=1)):
        _sign_up(cast, planned)
        events.deliver_waiting()


def _values(
    cast: "Cast", edition: Edition, entry: Mapping[str, Any], earlier: Mapping[str, Any]
) -> dict[str, Any]:
    stated = {**entry, **earlier}
    modules = {module.number: module for module in edition.modules.all()}
    return {
        **source(entry, Session),
        "kind": entry["kind"],
        "module": modules.get(entry.get("module")),
        "minutes": entry["minutes"],
        "starts_at": stated["at"].replace(tzinfo=edition.zone),
        "room": cast.rooms[stated["room"]],
        "audience": entry.get("audience", Session.Audience.EVERYONE),
        "places": entry.get("places"),
        "sign_up_until": (
            entry["sign_up_until"].replace(tzinfo=edition.zone)
            if "sign_up_until" in entry
            else None
        ),
    }


def _plan(
    cast: "Cast", planned: dict[str, Session], entry: Mapping[str, Any], values: dict[str, Any]
) -> None:
    edition = cast.editions["incheon-2007"]
    parts = [(cast.seats[seat], role) for role, seat in entry.get("people", {}).items()]
    session = planned.get(entry["key"])
    if session is None:
        session = sessions.add_session(edition, values, parts, actor=cast.officer)
        given(session, entry)
        planned[entry["key"]] = session
        return
    session.refresh_from_db()
    sessions.change_session(
        session, values, parts, expected_version=session.version, actor=cast.officer
    )


def _answer(cast: "Cast", edition: Edition, planned: Mapping[str, Session]) -> None:
    """Answer what the first edition recommended, as far as the sessions are planned already."""
    recommendations.carry_over(edition, cast.editions["bangkok-2006"], actor=cast.officer)
    answers = edition.recommendation_answers.order_by("recommendation__number")
    stated = content("recommendations")["recommendations"]
    for answer, entry in zip(answers, stated, strict=True):
        recommendations.answer_recommendation(
            answer,
            text=entry["answer"]["en"],
            sessions=[planned[key] for key in entry["sessions"] if key in planned],
            decision={"answered": "answer", "declined": "decline"}[entry["state"]],
            expected_version=answer.version,
            actor=cast.officer,
        )
        given(answer, {"text": entry["answer"]})


def _sign_up(cast: "Cast", planned: Mapping[str, Session]) -> None:
    for key, how_many in SIGNED_UP.items():
        late = key == "lab-register"  # whoever did not choose the first lab
        chosen = cast.participants[-how_many:] if late else cast.participants[:how_many]
        for participation in chosen:
            sign_ups.sign_up(
                planned[key], participation, actor=cast.accounts[participation.person.email]
            )
