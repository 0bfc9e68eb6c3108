"""Home again: action plans of Friday, what came of them in April, and the edition that follows."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from madang.core.links import Reference
from madang.followup.actions import asking, plans, progress, releases, results
from madang.followup.models import Progress, Report
from madang.followup.queries import releasable
from madang.groups.models import Conclusion
from madang.people import access_links
from madang.site.demo.company import INCHEON, Company, participants
from madang.site.demo.content import content, given, source
from madang.site.demo.story import Step
from madang.workshops.actions import recommendations
from madang.workshops.actions.repeat import repeat_edition
from madang.workshops.models import Edition, Participation

PLANS = 30
ANSWERS = 22
# Of the cast: writes in Persian, and has not answered yet when a visitor comes in April.
ASKED_STILL = "mehrdad.kianifar@government.example"
_STATUSES = (
    Report.Status.DONE,
    Report.Status.UNDER_WAY,
    Report.Status.DONE,
    Report.Status.UNDER_WAY,
    Report.Status.DONE,
    Report.Status.GIVEN_UP,
)
_TAKEN_OVER = ("modules", "partners", "recommendations", "follow_up")


def steps() -> Iterator[Step]:
    """Plans on Friday, recommendations after the week, and April of the year after."""
    stated = content("following_up")
    yield Step(stated["asked"], _begin)
    for place in range(PLANS):
        at = stated["written"] + timedelta(minutes=3 * place)
        yield Step(at, partial(_write, place=place))
    for number, entry in enumerate(stated["recommendations"]):
        at = stated["drafted"] + timedelta(minutes=10 * number)
        yield Step(at, partial(_draft, number=number, entry=entry))
        at = stated["decided"] + timedelta(minutes=10 * number)
        yield Step(at, partial(_decide, number=number, entry=entry))
    for entry in stated["results"]:
        yield Step(entry["told"], partial(_tell_result, entry=entry))
        yield Step(entry["published"], partial(_publish_result, entry=entry))
    yield Step(stated["repeated"], _repeat)
    yield Step(stated["six_months"], lambda _company: asking.ask_due())
    for place in range(ANSWERS):
        at = stated["six_months"] + timedelta(hours=2 + 2 * place)
        yield Step(at, partial(_answer, place=place))
    for entry in stated["supervisors"]:
        yield Step(stated["shown"], partial(_show, entry=entry))
        yield Step(stated["confirmed"], partial(_confirm, entry=entry))


def _begin(company: Company) -> None:
    stated = content("following_up")
    values = asking.usual(company.incheon) | {"hint": stated["hint"]["en"]}
    given(asking.begin(company.incheon, values, actor=company.officer), stated)


def _planning(company: Company) -> list[Participation]:
    """Those who make a plan: who is told of by name, then others in the order of addresses."""
    coming = participants(company.incheon)
    stated = content("following_up")
    named = [entry["of"] for entry in stated["supervisors"]]
    named += [entry["by"] for entry in stated["results"] if entry["by"]]
    order = dict.fromkeys([*named, *sorted(coming.keys() - {ASKED_STILL})])
    listed = [coming[email] for email in order if email in coming]
    return [*listed[: PLANS - 1], coming[ASKED_STILL]]


def _entries(one: Participation, place: int) -> list[Mapping[str, Any]]:
    """The actions of somebody: two to four of the dozen, or all that is there in Persian."""
    stated = content("following_up")
    if one.person.language == "fa":
        return list(stated["persian"])
    actions = stated["actions"]
    # The first of all runs the permit that a result tells of.
    first = 4 + 5 * place
    return [actions[(first + 3 * step) % len(actions)] for step in range(2 + place % 3)]


def _write(company: Company, *, place: int) -> None:
    one = _planning(company)[place]
    modules = {module.number: module for module in company.incheon.modules.all()}
    rows = [
        {
            "what": entry["what"],
            "with_whom": entry["with"],
            "sign": entry["sign"],
            "by_when": entry["by"],
            "module": modules[entry["module"]],
            "recommendation": None,
        }
        for entry in _entries(one, place)
    ]
    plans.write(one, rows, expected_version=None, actor=one.person.account)
    plans.hand_in(one, actor=one.person.account)


def _draft(company: Company, *, number: int, entry: Mapping[str, Any]) -> None:
    """Each is drawn from a group's conclusion, where there are so many, and what was observed."""
    concluded = Conclusion.objects.filter(
        group__round__plan__edition=company.incheon, state=Conclusion.State.ACCEPTED
    ).order_by("pk")[number : number + 1]
    sources = [Reference.to(it) for it in concluded]
    made = recommendations.add_recommendation(
        company.incheon,
        {"text": entry["text"]["en"]},
        [*sources, *filter(None, [entry["observation"]])],
        actor=company.officer,
    )
    given(made, {"text": entry["text"]})


def _decide(company: Company, *, number: int, entry: Mapping[str, Any]) -> None:
    recommendation = company.incheon.recommendations.get(number=number + 1)
    reason = entry.get("reason", {"en": ""})
    recommendations.decide(recommendation, entry["decision"], reason["en"], actor=company.director)
    if reason["en"]:
        recommendation.refresh_from_db()
        given(recommendation, {"reason": reason})


def _tell_result(company: Company, *, entry: Mapping[str, Any]) -> None:
    teller = participants(company.incheon).get(entry["by"])
    values = {
        **{name: entry[name]["en"] for name in ("title", "text", "evidence")},
        "happened_on": entry["since"],
        "country": teller.country if teller is not None else None,
        "country_agrees": entry["agrees"],
    }
    actor = teller.person.account if teller is not None else company.officer
    made = results.tell(company.incheon, values, told_by=teller, actor=actor)
    given(made, {name: entry[name] for name in ("title", "evidence")})


def _publish_result(company: Company, *, entry: Mapping[str, Any]) -> None:
    result = company.incheon.results.get(title=entry["title"]["en"])
    results.publish(result, actor=company.officer)


def _repeat(company: Company) -> None:
    """The third edition begins with what Incheon recommended, as its checklist."""
    stated = content("following_up")["next"]
    plain = ("slug", "number", "time_zone", "starts_on", "ends_on", "seats")
    values = {name: stated[name] for name in plain} | source(stated, Edition)
    values["country"] = company.countries[stated["country"]]
    made = repeat_edition(
        Edition.objects.get(slug=INCHEON), values, _TAKEN_OVER, actor=company.officer
    )
    given(made, stated)
    company.editions[made.slug] = made


def _answer(company: Company, *, place: int) -> None:
    one = _planning(company)[place]
    asked = _asked(one)
    entries = _entries(one, place)
    told = {}
    for number, (action, entry) in enumerate(zip(asked.plan.actions.all(), entries, strict=True)):
        status = _STATUSES[(place + number) % len(_STATUSES)]
        told[action] = {
            "status": status.value,
            "evidence": entry["evidence"] if status != Report.Status.GIVEN_UP else "",
            "helped": entry["helped"] if status == Report.Status.DONE else "",
            "hindered": entry["hindered"],
        }
    progress.tell(asked, told, expected_version=asked.version, actor=one.person.account)


def _asked(one: Participation) -> Progress:
    questions = Progress.objects.select_related(
        "round", "plan__participation__person__subject", "plan__participation__edition"
    )
    return questions.get(plan__participation=one, round__months=6)


def _show(company: Company, *, entry: Mapping[str, Any]) -> None:
    one = participants(company.incheon)[entry["of"]]
    plan = _asked(one).plan
    shown = [it.key for it in releasable.items(plan) if it.part in {"status", "evidence"}]
    releases.name_supervisor(plan, entry["name"], entry["email"], shown, actor=one.person.account)


def _confirm(company: Company, *, entry: Mapping[str, Any]) -> None:
    one = participants(company.incheon)[entry["of"]]
    release = releases.current(_asked(one).plan)
    if release is not None:
        link = access_links.of(release, releases.PURPOSE)[0]
        releases.confirm(release, entry["verdict"], entry["comment"], actor=link)
