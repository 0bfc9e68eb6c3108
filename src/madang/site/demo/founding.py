"""What was there before the call: the team, organisations, two editions, what was recommended."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from madang.people import country_list
from madang.people.actions import accounts, organisations, people, roles
from madang.people.models import Country, Organisation, Person
from madang.site.demo.company import BANGKOK, INCHEON, Company
from madang.site.demo.content import content, given, source
from madang.site.demo.story import Step
from madang.workshops.actions import editions as edition_actions
from madang.workshops.actions import modules, participations, partners, places, recommendations
from madang.workshops.actions.standing import settle
from madang.workshops.models import Edition, Series


def steps() -> Iterator[Step]:
    """Who and what is there, edition by edition."""
    stated = content("edition")
    yield Step(stated["editions"][0]["created"], _begin)
    for entry in stated["editions"]:
        yield Step(entry["created"], partial(_edition, entry=entry))
        yield Step(entry["announced"], partial(_announce, slug=entry["slug"]))
        if "closed" in entry:
            yield Step(entry["closed"], partial(_close, slug=entry["slug"]))
    yield Step(stated["editions"][0]["closed"], _recommend)
    yield Step(stated["team_joins"], _join)


def _begin(company: Company) -> None:
    """An empty installation gets its countries, its organisations and its team."""
    stated = content("edition")
    if not Country.objects.exists():
        country_list.load()
    company.countries = {country.alpha2: country for country in Country.objects.all()}
    company.series = _series(stated["series"])
    for entry in stated["organisations"]:
        _organisation(company, entry)
    for entry in content("people")["team"]:
        _open(company, entry)


def _announce(company: Company, *, slug: str) -> None:
    company.editions[slug].announce(actor=company.officer)


def _close(company: Company, *, slug: str) -> None:
    company.editions[slug].close(actor=company.officer)


def _join(company: Company) -> None:
    """The team is named before the provisional programme."""
    for entry in content("people")["team"]:
        _take_part(company, entry)


def _series(entry: Mapping[str, Any]) -> Series:
    series = edition_actions.add_series(
        {"slug": entry["slug"], **source(entry, Series)}, actor=None
    )
    given(series, entry)
    return series


def _organisation(company: Company, entry: Mapping[str, Any]) -> None:
    organisation = organisations.add_organisation(
        actor=None,
        name=entry["name"]["en"],
        acronym=entry.get("acronym", ""),
        kind=entry["kind"],
        country=company.countries[entry["country"]],
    )
    given(organisation, entry)
    company.organisations[entry["key"]] = organisation


def _person(
    company: Company, entry: Mapping[str, Any], organisation: Organisation | None
) -> Person:
    country = company.countries[entry["country"]]
    return people.add_person(
        actor=None,
        name=entry["name"],
        latin_name=entry.get("latin", ""),
        sort_name=entry.get("sort", entry.get("latin", "")),
        email=entry["email"],
        position=entry["position"]["en"],
        biography=entry.get("biography", ""),
        country=country,
        organisation=organisation,
        language="fa" if country.alpha2 == "IR" else "en",
    )


def _open(company: Company, entry: Mapping[str, Any]) -> None:
    """Give somebody of the team an account, and the roles that are not of one edition."""
    organisation = company.organisations.get(entry.get("organisation", ""))
    person = _person(company, entry, organisation)
    account = accounts.open_account(person, actor=None)
    company.accounts[entry["seat"]] = account
    scope = {
        "secretariat": None,
        "director": None,
        "focal_point": person.country,
        "institute_coordinator": organisation,
    }
    if entry["role"] in scope:
        roles.grant_role(account, actor=None, kind=entry["role"], scope=scope[entry["role"]])


def _edition(company: Company, *, entry: Mapping[str, Any]) -> None:
    values = {
        name: entry[name]
        for name in ("slug", "number", "time_zone", "starts_on", "ends_on", "seats")
    }
    edition = edition_actions.add_edition(
        company.series,
        {**values, **source(entry, Edition), "country": company.countries[entry["country"]]},
        actor=company.officer,
    )
    given(edition, entry)
    company.editions[edition.slug] = edition
    for order, partner in enumerate(entry.get("partners", ())):
        given(
            partners.add_partner(
                edition,
                {
                    "organisation": company.organisations[partner["organisation"]],
                    "role": partner["role"],
                    "contribution": partner["contribution"]["en"],
                    "order": order,
                },
                actor=company.officer,
            ),
            partner,
        )
    for module in entry.get("modules", ()):
        values = {"number": module["number"], **source(module, modules.Module)}
        given(modules.add_module(edition, values, actor=company.officer), module)
    _places(company, edition, entry)


def _places(company: Company, edition: Edition, entry: Mapping[str, Any]) -> None:
    sites = {}
    for site_entry in entry.get("sites", ()):
        values = source(site_entry, places.Site)
        site = places.add_site(edition, values, actor=company.officer)
        given(site, site_entry)
        sites[site_entry["key"]] = site
        for order, room_entry in enumerate(site_entry.get("rooms", ())):
            values = {
                "name": room_entry["name"]["en"],
                "capacity": room_entry["capacity"],
                "order": order,
            }
            room = places.add_room(site, values, actor=company.officer)
            given(room, room_entry)
            company.rooms[room_entry["key"]] = room
    ways = {
        (sites[way["between"][0]], sites[way["between"][1]]): way["minutes"]
        for way in entry.get("travel", ())
    }
    places.set_travel_times(edition, ways, actor=company.officer)


def _recommend(company: Company) -> None:
    for entry in content("recommendations")["recommendations"]:
        given(
            recommendations.add_recommendation(
                company.editions[BANGKOK], {"text": entry["text"]["en"]}, actor=company.officer
            ),
            entry,
        )


def _take_part(company: Company, entry: Mapping[str, Any]) -> None:
    if not entry["kind"]:
        return
    edition = company.editions[INCHEON]
    person = company.accounts[entry["seat"]].person
    participation = participations.add_person(
        edition,
        person,
        {
            "kind": entry["kind"],
            "country": person.country,
            "organisation": person.organisation,
        },
        with_account=False,
        actor=company.officer,
    )
    settle([participation], actor=company.officer)
    company.seats[entry["seat"]] = participation
