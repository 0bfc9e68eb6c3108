"""Loads the founding case by the same actions that a secretariat uses, each at its own moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from madang.core import clock, locales, texts
from madang.people import country_list
from madang.people.actions import accounts, organisations, people, roles
from madang.people.models import Account, Country, Organisation, Person
from madang.site.demo import materials, press, week
from madang.site.demo.content import content, given, source
from madang.workshops.actions import editions as edition_actions
from madang.workshops.actions import modules, participations, partners, places, recommendations
from madang.workshops.actions.standing import settle
from madang.workshops.models import Edition, Participation, Room, Series

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
INCHEON = "incheon-2007"
BANGKOK = "bangkok-2006"


@dataclass
class Cast:
    """Everything that the parts of the demo refer to by name."""

    countries: Mapping[str, Country]
    series: Series
    organisations: dict[str, Organisation] = field(default_factory=dict)
    editions: dict[str, Edition] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    seats: dict[str, Participation] = field(default_factory=dict)
    participants: list[Participation] = field(default_factory=list)

    @property
    def officer(self) -> Account:
        """The programme officer, who does most of what is done here."""
        return self.accounts["secretariat"]


@transaction.atomic
def load() -> None:
    """Fill an empty database with the demo."""
    country_list.load()
    stated = content("edition")
    with clock.at(stated["editions"][0]["created"]):
        cast = Cast(
            countries={country.alpha2: country for country in Country.objects.all()},
            series=_series(stated["series"]),
        )
        for entry in stated["organisations"]:
            _organisation(cast, entry)
        team = content("people")["team"]
        for entry in team:
            _open(cast, entry)
        for entry in stated["editions"]:
            _edition(cast, entry)
        _recommend(cast)
    for entry in stated["editions"]:
        _announce(cast, entry)
    with clock.at(stated["team_joins"]):
        for entry in team:
            _take_part(cast, entry)
    with clock.at(stated["participants_join"]):
        for entry in content("people")["participants"]:
            _participant(cast, entry)
    week.load(cast)
    materials.load(cast)
    press.load(cast)


def _series(entry: Mapping[str, Any]) -> Series:
    series = edition_actions.add_series(
        {"slug": entry["slug"], **source(entry, Series)}, actor=None
    )
    given(series, entry)
    return series


def _organisation(cast: Cast, entry: Mapping[str, Any]) -> None:
    organisation = organisations.add_organisation(
        actor=None,
        name=entry["name"]["en"],
        acronym=entry.get("acronym", ""),
        kind=entry["kind"],
        country=cast.countries[entry["country"]],
    )
    given(organisation, entry)
    cast.organisations[entry["key"]] = organisation


def _person(cast: Cast, entry: Mapping[str, Any], organisation: Organisation | None) -> Person:
    country = cast.countries[entry["country"]]
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


def _open(cast: Cast, entry: Mapping[str, Any]) -> None:
    """Give somebody of the team an account, and the roles that are not of one edition."""
    organisation = cast.organisations.get(entry.get("organisation", ""))
    person = _person(cast, entry, organisation)
    account = accounts.open_account(person, actor=None)
    cast.accounts[entry["seat"]] = account
    scope = {
        "secretariat": None,
        "director": None,
        "focal_point": person.country,
        "institute_coordinator": organisation,
    }
    if entry["role"] in scope:
        roles.grant_role(account, actor=None, kind=entry["role"], scope=scope[entry["role"]])


def _edition(cast: Cast, entry: Mapping[str, Any]) -> None:
    values = {
        name: entry[name]
        for name in ("slug", "number", "time_zone", "starts_on", "ends_on", "seats")
    }
    edition = edition_actions.add_edition(
        cast.series,
        {**values, **source(entry, Edition), "country": cast.countries[entry["country"]]},
        actor=cast.officer,
    )
    given(edition, entry)
    cast.editions[edition.slug] = edition
    for order, partner in enumerate(entry.get("partners", ())):
        given(
            partners.add_partner(
                edition,
                {
                    "organisation": cast.organisations[partner["organisation"]],
                    "role": partner["role"],
                    "contribution": partner["contribution"]["en"],
                    "order": order,
                },
                actor=cast.officer,
            ),
            partner,
        )
    for module in entry.get("modules", ()):
        values = {"number": module["number"], **source(module, modules.Module)}
        given(modules.add_module(edition, values, actor=cast.officer), module)
    _places(cast, edition, entry)


def _places(cast: Cast, edition: Edition, entry: Mapping[str, Any]) -> None:
    sites = {}
    for site_entry in entry.get("sites", ()):
        values = source(site_entry, places.Site)
        site = places.add_site(edition, values, actor=cast.officer)
        given(site, site_entry)
        sites[site_entry["key"]] = site
        for order, room_entry in enumerate(site_entry.get("rooms", ())):
            values = {
                "name": room_entry["name"]["en"],
                "capacity": room_entry["capacity"],
                "order": order,
            }
            room = places.add_room(site, values, actor=cast.officer)
            given(room, room_entry)
            cast.rooms[room_entry["key"]] = room
    ways = {
        (sites[way["between"][0]], sites[way["between"][1]]): way["minutes"]
        for way in entry.get("travel", ())
    }
    places.set_travel_times(edition, ways, actor=cast.officer)


def _recommend(cast: Cast) -> None:
    for entry in content("recommendations")["recommendations"]:
        given(
            recommendations.add_recommendation(
                cast.editions[BANGKOK], {"text": entry["text"]["en"]}, actor=cast.officer
            ),
            entry,
        )


def _announce(cast: Cast, entry: Mapping[str, Any]) -> None:
    edition = cast.editions[entry["slug"]]
    for moment, change in (("announced", edition.announce), ("closed", edition.close)):
        if moment in entry:
            at: datetime = entry[moment]
            with clock.at(at):
                change(actor=cast.officer)


def _take_part(cast: Cast, entry: Mapping[str, Any]) -> None:
    if not entry["kind"]:
        return
    edition = cast.editions[INCHEON]
    person = cast.accounts[entry["seat"]].person
    participation = participations.add_person(
        edition,
        person,
        {
            "kind": entry["kind"],
            "country": person.country,
            "organisation": person.organisation,
        },
        with_account=False,
        actor=cast.officer,
    )
    settle([participation], actor=cast.officer)
    cast.seats[entry["seat"]] = participation


def _participant(cast: Cast, entry: Mapping[str, Any]) -> None:
    country = cast.countries[entry["country"]]
    key = f"{country.alpha2}-{entry['sector']}"
    if key not in cast.organisations:
        cast.organisations[key] = _employer(country, entry["sector"])
    person = _person(cast, entry, cast.organisations[key])
    account = accounts.open_account(person, actor=cast.officer)
    participation = participations.add_person(
        cast.editions[INCHEON],
        person,
        {
            "kind": Participation.Kind.PARTICIPANT,
            "country": country,
            "organisation": cast.organisations[key],
        },
        with_account=False,
        actor=cast.officer,
    )
    settle([participation], actor=cast.officer)
    cast.accounts[person.email] = account
    cast.participants.append(participation)


def _employer(country: Country, sector: str) -> Organisation:
    """The invented organisation that all of a country's people of one sector come from."""
    names, kind = SECTORS[sector]
    wordings = country.all_wordings("name")
    name = {
        language: f"{text}{locales.comma(language)}{texts.choose(wordings, 'en', language)}"
        for language, text in names.items()
    }
    organisation = organisations.add_organisation(
        actor=None, name=name["en"], kind=kind, country=country
    )
    given(organisation, {"name": name})
    return organisation
