"""The call of the demo: asked of governments, answered by form, in files and on paper."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from madang.core import clock, locales, texts
from madang.nominations.actions import (
    asking,
    calls,
    dispatch,
    endorsements,
    invitations,
    nominating,
    nominations,
    register,
    screening,
)
from madang.nominations.actions.invitations import FocalPoint
from madang.nominations.models import Call, Correspondence, Invitation, Nomination
from madang.nominations.nominating import Delegation
from madang.people.actions import organisations
from madang.people.models import Country, Organisation
from madang.site.demo import nominees
from madang.site.demo.company import Company
from madang.site.demo.content import content, given, source
from madang.site.demo.nominees import Nominee
from madang.site.demo.story import Step

Origin = Nomination.Origin
SECTORS = {
    "government": (
        {"en": "Ministry of communication and planning", "fa": "وزارت ارتباطات و برنامه‌ریزی"},
        Organisation.Kind.MINISTRY,
    ),
    "academia": ({"en": "National university", "fa": "دانشگاه ملی"}, Organisation.Kind.ACADEMIA),
    "civil_society": (
        {"en": "Open information network", "fa": "شبکهٔ اطلاعات باز"},
        Organisation.Kind.CIVIL_SOCIETY,
    ),
}


def steps() -> Iterator[Step]:
    """The call, what came of it, and what was found eligible."""
    stated = content("nominations")
    call = stated["call"]
    yield Step(call["begun"], _write_call)
    yield Step(call["opened"], _open)
    yield Step(call["sent"], _send)
    yield Step(call["reminded"], _remind)
    for entry in stated["countries"]:
        if entry["came"] in WAYS:
            yield Step(entry["at"], partial(WAYS[entry["came"]], entry=entry))
    for entry in stated["register"]:
        yield Step(entry["at"], partial(_note, entry=entry))
    yield Step(call["deadline"] - timedelta(days=1), _withdraw)
    yield Step(call["closed"], _close)
    yield Step(call["closed"] + timedelta(hours=11), _late)
    yield Step(call["judged"], _judge)


# --- The call -------------------------------------------------------------------------------------
def _write_call(company: Company) -> None:
    stated = content("nominations")
    entry, officer = stated["call"], company.officer
    call = calls.begin(company.incheon, actor=officer)
    names = (
        "deadline", "time_zone", "contact", "most_per_country", "least_experience",
        "least_language",
    )  # fmt: skip
    values = {name: entry[name] for name in names} | source(entry, Call)
    calls.change(call, values, expected_version=call.version, actor=officer)
    given(call, entry)
    asked = []
    for question in stated["questions"]:
        asked.append(_ask(call, question, asked, company))
    for criterion in stated["criteria"]:
        values = {
            "name": criterion["name"]["en"],
            "guidance": criterion["guidance"]["en"],
            "weight": criterion["weight"],
            "maximum": criterion["maximum"],
        }
        given(screening.add_criterion(call, values, actor=officer), criterion)
    rows = [
        (attribute, value, least, None if most < 0 else most)
        for attribute, value, least, most in stated["quotas"]
    ]
    calls.set_quotas(call, rows, actor=officer)


def _ask(call: Call, entry: Mapping[str, Any], asked: list[Any], company: Company) -> Any:
    values = {
        "text": entry["text"]["en"],
        "kind": entry["kind"],
        "is_required": entry.get("is_required", False),
    }
    if "after" in entry:
        values |= {
            "depends_on": asked[entry["after"]["question"]],
            "depends_value": entry["after"]["value"],
        }
    offered = entry.get("choices", ())
    question = asking.add(
        call, values, [(choice["code"], choice["en"]) for choice in offered], actor=company.officer
    )
    given(question, entry)
    for choice, wording in zip(question.choices.all(), offered, strict=True):
        texts.translate(choice, "text", {"fa": wording["fa"]})
    return question


def _open(company: Company) -> None:
    call = company.call
    calls.move(call, "open", actor=company.officer)
    stated = content("nominations")["countries"]
    asked = [company.countries[entry["code"]] for entry in stated]
    invitations.add(call, asked, language="en", actor=company.officer)
    for entry in stated:
        invitation = _invitation(company, entry["code"])
        _organisations(company, invitation.country)
        ministry = company.organisations[f"{entry['code']}-government"]
        invitations.change(
            invitation,
            {"language": entry.get("language", "en"), "organisation": ministry},
            _focal_point(company, entry["focal"]),
            expected_version=invitation.version,
            actor=company.officer,
        )


def _focal_point(company: Company, entry: Mapping[str, Any]) -> FocalPoint:
    if "account" in entry:
        person = company.accounts[entry["account"]].person
        return FocalPoint(person.name, person.email)
    return FocalPoint(entry["name"], entry["email"])


def _organisations(company: Company, country: Country) -> None:
    """The invented organisations of a country, one of each sector."""
    wordings = country.all_wordings("name")
    for sector, (names, kind) in SECTORS.items():
        name = {
            language: f"{text}{locales.comma(language)}{texts.choose(wordings, 'en', language)}"
            for language, text in names.items()
        }
        organisation = organisations.add_organisation(
            actor=company.officer, name=name["en"], kind=kind, country=country
        )
        given(organisation, {"name": name})
        company.organisations[f"{country.alpha2}-{sector}"] = organisation


def _invitation(company: Company, code: str) -> Invitation:
    found = Invitation.objects.select_related(
        "call__edition__series", "country", "organisation", "focal_point__subject"
    )
    return found.get(call__edition=company.incheon, country__alpha2=code)


def _send(company: Company) -> None:
    """To some by e-mail, with their link; to the others through their embassies."""
    for number, entry in enumerate(content("nominations")["countries"], start=1):
        if entry.get("mailed"):
            invitation = _invitation(company, entry["code"])
            dispatch.send_call(invitation, actor=company.officer, apart=False)
            continue
        values = {
            "country": company.countries[entry["code"]],
            "direction": Correspondence.Direction.SENT,
            "channel": Correspondence.Channel.NOTE_VERBALE,
            "kind": Correspondence.Kind.CALL,
            "reference": f"NV/2007/{110 + number}",
            "dated": clock.today(company.incheon.zone),
            "at": clock.now(),
            "summary": "The call for nominations, with the letter.",
        }
        register.enter(company.incheon, values, actor=company.accounts["officer2"])


def _remind(company: Company) -> None:
    """Those are reminded from whom nothing has come."""
    for entry in content("nominations")["countries"]:
        if entry.get("at", clock.now()) >= clock.now():
            dispatch.send_reminder(_invitation(company, entry["code"]), actor=company.officer)


def _close(company: Company) -> None:
    calls.move(company.call, "close", actor=company.officer)


def _judge(company: Company) -> None:
    nominations.judge_all(company.incheon, actor=company.officer)


# --- What came ------------------------------------------------------------------------------------
def _by_form(company: Company, *, entry: Mapping[str, Any]) -> None:
    """A focal point enters them one by one; a superior endorses."""
    delegation = _delegation(company, entry)
    keys = _keys(company)
    for nominee in _in_time(entry["code"]):
        nomination = nominating.enter(
            delegation, nominee.person(), _values(company, nominee), nominee.answers(keys)
        )
        if nominee.fate == "draft":
            continue
        superior = f"Permanent secretary, {delegation.country.name}"
        endorsements.record(nomination, name=superior, day=None, actor=delegation.actor)
        nomination.refresh_from_db()
        nominating.submit(delegation, nomination)


def _delegation(company: Company, entry: Mapping[str, Any]) -> Delegation:
    invitation = _invitation(company, entry["code"])
    account = company.accounts.get(entry["focal"].get("account", ""))
    link = invitations.link_of(invitation) or invitations.give_link(
        invitation, actor=company.officer
    )
    return Delegation(
        call=invitation.call,
        country=invitation.country,
        invitation=invitation,
        actor=account or link,
        person=invitation.focal_point,
        language=invitation.language,
    )


def _keys(company: Company) -> list[str]:
    return list(company.call.questions.values_list("key", flat=True))


def _in_time(code: str) -> list[Nominee]:
    return [nominee for nominee in nominees.of(code) if nominee.fate != "late"]


def organisation_of(company: Company, nominee: Nominee) -> str:
    """The name of the invented organisation that somebody comes from."""
    known = company.organisations.get(f"{nominee.country}-{nominee.sector}")
    if known is not None:
        return known.name
    return f"Digital Works, {company.countries[nominee.country].name}"


def _values(company: Company, nominee: Nominee) -> dict[str, Any]:
    return nominee.values(organisation_of(company, nominee))


def _entries(company: Company, code: str, source: Correspondence | None) -> list[nominations.Entry]:
    """A country's nominations as an officer enters them.

    Most are endorsed by the letter that they came with; one without endorsement stays a draft.
    """
    day = clock.today(company.incheon.zone) - timedelta(days=2)
    keys = _keys(company)
    return [
        nominations.Entry(
            company.countries[code],
            nominee.person(),
            _values(company, nominee) | {"endorsed_on": None if nominee.fate == "draft" else day},
            nominee.answers(keys),
            source,
        )
        for nominee in _in_time(code)
    ]


def _submit(company: Company, made: list[Nomination]) -> None:
    keys = [nomination.pk for nomination in made]
    nominations.submit_many(Nomination.objects.filter(pk__in=keys), actor=company.officer)


def _by_spreadsheet(company: Company, *, entry: Mapping[str, Any]) -> None:
    """A list that came by mail."""
    letter = received(company, entry, channel="email", summary="A list of our nominations.")
    _submit(
        company,
        nominations.enter_many(
            company.incheon,
            _entries(company, entry["code"], letter),
            origin=Origin.SPREADSHEET,
            actor=company.officer,
        ),
    )


def _on_paper(company: Company, *, entry: Mapping[str, Any]) -> None:
    """What came on paper is keyed in beside its image."""
    letter = received(
        company, entry, channel=entry["channel"], summary="Nominates, with the forms enclosed."
    )
    made = nominations.enter_many(
        company.incheon,
        _entries(company, entry["code"], letter),
        origin=Origin.SCAN,
        actor=company.accounts["officer2"],
    )
    _submit(company, made)


def received(
    company: Company, entry: Mapping[str, Any], *, channel: str, summary: str
) -> Correspondence:
    values = {
        "country": company.countries[entry["code"]],
        "direction": Correspondence.Direction.RECEIVED,
        "channel": channel,
        "kind": Correspondence.Kind.NOMINATION,
        "reference": entry.get("reference", ""),
        "dated": clock.today(company.incheon.zone) - timedelta(days=2),
        "at": clock.now(),
        "summary": summary,
        "nominees_stated": len(_in_time(entry["code"])),
    }
    return register.enter(company.incheon, values, actor=company.officer)


def _declined(company: Company, *, entry: Mapping[str, Any]) -> None:
    _note(
        company,
        entry={
            **entry,
            "country": entry["code"],
            "kind": Correspondence.Kind.DECLINED,
            "summary": "Thanks for the invitation, and nominates nobody this year.",
        },
    )


def _note(company: Company, *, entry: Mapping[str, Any]) -> None:
    values = {
        "country": company.countries[entry["country"]],
        "direction": Correspondence.Direction.RECEIVED,
        "channel": entry["channel"],
        "kind": entry["kind"],
        "reference": entry.get("reference", ""),
        "at": clock.now(),
        "summary": entry["summary"],
    }
    register.enter(company.incheon, values, actor=company.accounts["officer2"])


# --- What became of some --------------------------------------------------------------------------
def nomination_of(company: Company, nominee: Nominee) -> Nomination:
    """The nomination of somebody of the story."""
    [found] = [
        nomination
        for nomination in Nomination.objects.filter(
            edition=company.incheon, country__alpha2=nominee.country
        ).select_related("person__subject", "country", "edition")
        if nomination.person.email == nominee.email
    ]
    return found


def _withdraw(company: Company) -> None:
    for nominee in nominees.everybody():
        if nominee.fate == "withdrawn":
            nominations.withdraw(nomination_of(company, nominee), actor=company.officer)


def _late(company: Company) -> None:
    """One more comes after the deadline."""
    nominee = nominees.fated("late")
    endorsed = {"endorsed_on": clock.today(company.incheon.zone)}
    nomination = nominations.enter(
        company.incheon,
        company.countries[nominee.country],
        nominee.person(),
        _values(company, nominee) | endorsed,
        answers=nominee.answers(_keys(company)),
        origin=Origin.SECRETARIAT,
        actor=company.officer,
    )
    nominations.submit(nomination, actor=company.officer)


WAYS = {
    "form": _by_form,
    "spreadsheet": _by_spreadsheet,
    "scan": _on_paper,
    "declined": _declined,
}
