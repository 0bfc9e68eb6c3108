"""Makes what tests of groups need: people of many countries, a week of rounds, a mixed plan."""

from itertools import cycle, islice
from typing import Any

from django.test import Client
from django.urls import reverse

from madang.groups.actions import hand, planning, plans
from madang.groups.models import GroupPlan
from madang.groups.planning import answer
from madang.groups.queries import weeks
from madang.people.models import Country
from madang.workshops.models import Edition, Participation, Session
from tests import factories as make

# The days and times of rounds, one after the other.
TIMES = [(1, "14:30"), (2, "14:15"), (3, "13:30"), (3, "15:15"), (4, "15:00"), (5, "10:00")]
CODES = ["XA", "XB", "XC", "XD", "XE", "XF", "XG", "XH"]


def make_country(code: str) -> Country:
    """A country that is not on any map."""
    found = Country.objects.filter(alpha2=code).first()
    if found is not None:
        return found
    number = str(900 + CODES.index(code))
    return Country.objects.create(
        alpha2=code, alpha3=f"{code}X", numeric=number, name=f"Land {code}", subregion="030",
        sort_key=code.casefold(),
    )  # fmt: skip


def make_people(edition: Edition, how_many: int, countries: int = 6) -> list[Participation]:
    """People from so many countries, in turn, each with an address of their own."""
    codes = islice(cycle(CODES[:countries]), how_many)
    return [
        make.make_participation(
            edition,
            make.make_person(f"Person {number:02}", email=f"person{number}@example.org"),
            country=make_country(code),
        )
        for number, code in enumerate(codes)
    ]


def make_sessions(edition: Edition, how_many: int) -> list[Session]:
    return [
        make.make_session(
            edition, day=day, at=at, kind=Session.Kind.GROUP_WORK, minutes=60,
            title=f"Round on day {day} at {at}",
        )
        for day, at in TIMES[:how_many]
    ]  # fmt: skip


def make_plan(edition: Edition, groups: int, rounds: int, **values: Any) -> GroupPlan:
    sessions = make_sessions(edition, rounds)
    return plans.make_plan(edition, {"groups": groups, **values}, sessions, actor=None)


def mix(plan: GroupPlan) -> GroupPlan:
    """What the worker does, without a process of its own."""
    plan = read(plan)
    problem = weeks.read(plan).problem(seconds=0.5)
    planning.use(plan, problem, answer(problem))
    return read(plan)


def make_mixed(edition: Edition, people: int = 12, groups: int = 4, rounds: int = 3) -> GroupPlan:
    make_people(edition, people)
    return mix(make_plan(edition, groups, rounds))


def make_published(edition: Edition, *arguments: int) -> GroupPlan:
    plan = make_mixed(edition, *arguments)
    hand.publish(plan, actor=None)
    return read(plan)


def read(plan: GroupPlan) -> GroupPlan:
    return GroupPlan.objects.select_related("edition").get(pk=plan.pk)


def week(plan: GroupPlan) -> weeks.Week:
    return weeks.read(read(plan))


def signed_in(*roles: Any) -> Client:
    client = Client()
    client.force_login(make.make_account(roles=roles))
    return client


def signed_in_as(participation: Participation, role: str = "participant") -> Client:
    """Somebody who takes part, with the role that goes with it."""
    client = Client()
    client.force_login(
        make.make_account(roles=[(role, participation.edition)], person=participation.person)
    )
    return client


def address(name: str, edition: Edition, *arguments: Any) -> str:
    return reverse(f"groups:{name}", args=[edition.slug, *arguments])


def own_address(name: str, edition: Edition, *arguments: Any) -> str:
    return reverse(f"own_groups:{name}", args=[edition.slug, *arguments])
