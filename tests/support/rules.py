"""Holds the two halves of a rule against each other: the test in Python and the filter in SQL."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from madang.core.policies import Rule, Who


def assert_halves_agree(rule: Rule[Any], people: Iterable[Who], things: QuerySet[Any]) -> None:
    """For everybody, what `can` allows one by one is what `visible` finds at once."""
    for who in people:
        one_by_one = {thing.pk for thing in things if rule.can(who, thing)}
        at_once = set(rule.visible(who, things).values_list("pk", flat=True))
        assert one_by_one == at_once, f"The halves of the rule differ for {who}."
