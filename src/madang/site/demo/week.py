"""The demo's week: its sessions through four published versions, sign-ups, and answers given."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from madang.site.demo.company import BANGKOK, Company, participants
from madang.site.demo.content import content, given, source
from madang.site.demo.story import Step
from madang.workshops.actions import publication, recommendations, sessions, sign_ups
from madang.workshops.models import Session

# Who signed up for what: the share of the participants, in the order of the list.
SIGNED_UP = {"dinner": 31, "trip": 34, "lab-permit": 18, "lab-register": 19}


def steps() -> Iterator[Step]:
    """Plan, publish and change the programme as it happened, and let people sign up."""
    stated = content("sessions")
    for version in stated["versions"]:
        moment: datetime = version["published"]
        yield Step(moment - timedelta(hours=2), partial(_plan_all, version=version))
        if version["number"] == 1:
            yield Step(moment - timedelta(hours=1), _answer)
        yield Step(moment, partial(_publish, note=version["note"]))
    yield Step(stated["versions"][-1]["published"] + timedelta(days=1), _sign_up)


def _plan_all(company: Company, *, version: Mapping[str, Any]) -> None:
    for entry in content("sessions")["sessions"]:
        if entry["key"] not in version["without"]:
            earlier = version["earlier"].get(entry["key"], {})
            _plan(company, entry, _values(company, entry, earlier))


def _publish(company: Company, *, note: Mapping[str, str]) -> None:
    publication.publish(company.incheon, notes=note, actor=company.officer)
    company.incheon.refresh_from_db()


def _values(
    company: Company, entry: Mapping[str, Any], earlier: Mapping[str, Any]
) -> dict[str, Any]:
    edition = company.incheon
    stated = {**entry, **earlier}
    modules = {module.number: module for module in edition.modules.all()}
    return {
        **source(entry, Session),
        "kind": entry["kind"],
        "module": modules.get(entry.get("module")),
        "minutes": entry["minutes"],
        "starts_at": stated["at"].replace(tzinfo=edition.zone),
        "room": company.rooms[stated["room"]],
        "audience": entry.get("audience", Session.Audience.EVERYONE),
        "places": entry.get("places"),
        "sign_up_until": (
            entry["sign_up_until"].replace(tzinfo=edition.zone)
            if "sign_up_until" in entry
            else None
        ),
    }


def _plan(company: Company, entry: Mapping[str, Any], values: dict[str, Any]) -> None:
    parts = [(company.seats[seat], role) for role, seat in entry.get("people", {}).items()]
    session = company.sessions.get(entry["key"])
    if session is None:
        session = sessions.add_session(company.incheon, values, parts, actor=company.officer)
        given(session, entry)
        company.sessions[entry["key"]] = session
        return
    session.refresh_from_db()
    sessions.change_session(
        session, values, parts, expected_version=session.version, actor=company.officer
    )


def _answer(company: Company) -> None:
    """Answer what the first edition recommended, as far as the sessions are planned already."""
    edition, planned = company.incheon, company.sessions
    recommendations.carry_over(edition, company.editions[BANGKOK], actor=company.officer)
    answers = edition.recommendation_answers.order_by("recommendation__number")
    stated = content("recommendations")["recommendations"]
    for answer, entry in zip(answers, stated, strict=True):
        recommendations.answer_recommendation(
            answer,
            text=entry["answer"]["en"],
            sessions=[planned[key] for key in entry["sessions"] if key in planned],
            decision={"answered": "answer", "declined": "decline"}[entry["state"]],
            expected_version=answer.version,
            actor=company.officer,
        )
        given(answer, {"text": entry["answer"]})


def _sign_up(company: Company) -> None:
    listed = [entry["email"] for entry in content("people")["participants"]]
    coming = participants(company.incheon)
    for key, how_many in SIGNED_UP.items():
        late = key == "lab-register"  # whoever did not choose the first lab
        for email in listed[-how_many:] if late else listed[:how_many]:
            sign_ups.sign_up(
                company.sessions[key], coming[email], actor=coming[email].person.account
            )
