"""What a selection is asked for and what is answered, as frozen dataclasses.

A document in JSON has the same fields under the same names. Points and money may have decimals;
`scaling.py` says to how many digits they count.
"""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from madang.methods.documents import (
    Between,
    InvalidDocumentError,
    Length,
    Unique,
    refuse_any_unknown,
)

Name = Annotated[str, Length(1, 200)]
Names = Annotated[tuple[Name, ...], Length(0, 100_000), Unique()]
Points = Annotated[float, Between(-1_000_000_000, 1_000_000_000)]
Amount = Annotated[float, Between(0, 1_000_000_000_000)]
Places = Annotated[int, Between(0, 100_000)]

Code = Literal["merit", "tie", "rules", "excluded", "needed", "included", "lot", "undecided"]
End = Literal["min", "max"]

EACH = "*"  # as the value of a quota: one such quota for each value of the attribute


@dataclass(frozen=True)
class Nominee:
    """Somebody who may be chosen.

    `merit` is in points, `uncertainty` the standard error of these points, `cost` what a seat for
    them takes from the budget. Who lacks an attribute counts for none of its values.
    """

    id: Name
    attributes: dict[str, str] = field(default_factory=dict)
    merit: Points = 0
    cost: Amount = 0
    uncertainty: Amount = 0


@dataclass(frozen=True)
class Quota:
    """At least `min` and at most `max` (None: as many as there are seats) of those chosen."""

    attribute: Name
    value: str
    min: Places = 0
    max: Places | None = None


@dataclass(frozen=True)
class Problem:
    """A cohort to be chosen: exactly `seats` of the nominees, within the quotas and the budget.

    `include` are chosen in any case, `exclude` in none. `merit` asks for the most points, `leximin`
    for a lottery with chances as equal as the rules allow, from which `seed` draws. `explain` asks
    why for everybody (True), nobody, or those named.
    """

    seats: Places
    nominees: Annotated[tuple[Nominee, ...], Length(0, 100_000), Unique("id")]
    quotas: Annotated[tuple[Quota, ...], Length(0, 10_000)] = ()
    budget: Amount | None = None
    include: Names = ()
    exclude: Names = ()
    objective: Literal["merit", "leximin"] = "merit"
    reserves: Places = 0
    explain: bool | Names = False
    seed: Annotated[int, Between(0, 2**53 - 1)] = 0
    seconds: Annotated[float, Between(0.1, 86_400)] = 60

    @property
    def explained(self) -> frozenset[str]:
        """The ids of those about whom `explain` asks."""
        if isinstance(self.explain, bool):
            return frozenset(each.id for each in self.nominees if self.explain)
        return frozenset(self.explain)


@dataclass(frozen=True)
class Rule:
    """A rule that stands in somebody's way or favour.

    A quota has its `attribute` and `value`; `limit` says which end of it, or of the number of
    seats: the least (`min`) or the most (`max`) that is allowed, which is `at`.
    """

    kind: Literal["quota", "budget", "seats", "include", "exclude"]
    attribute: str | None = None
    value: str | None = None
    limit: End | None = None
    id: str | None = None
    at: float | None = None


@dataclass(frozen=True)
class Relaxation:
    """A rule that gives way: by so many people, seats or so much money.

    A quota's `limit` says which end moves: `min` is lowered by `by`, `max` raised. The seats become
    fewer (`min`) or more (`max`), the budget more. `id` need not be included, or may be chosen
    although excluded; then `by` is 1. `text` says it in English.
    """

    kind: Literal["quota", "budget", "seats", "include", "exclude"]
    by: float
    attribute: str | None = None
    value: str | None = None
    limit: End | None = None
    id: str | None = None
    text: str = ""


@dataclass(frozen=True)
class Reserve:
    """Somebody not chosen, and whose place they could take without breaking a rule."""

    id: str
    replaces: tuple[str, ...]


@dataclass(frozen=True)
class Reason:
    """Why somebody is chosen or is not.

    `points` is what the best cohort loses with somebody who was left out, or without somebody
    chosen; it is then worth `objective`, `enters` come in and `leaves` go. All are empty where
    there is no such cohort; then `relaxations` are what would have to change. `rules` are those in
    the way of taking the place of a member with fewer points, or which somebody chosen is needed
    for. `code` sums it up:

    - left out: `merit` (others bring more points), `tie` (a cohort with them is worth the same),
      `rules` (no cohort with them keeps the rules), `excluded` (by the problem; the numbers are
      those without the exclusion)
    - chosen: `merit`, `tie`, `needed` (no cohort without them keeps the rules), `included` (by the
      problem; the numbers are those without the inclusion)
    - either: `lot` (drawn or not drawn, by leximin), `undecided` (the time ended first; `points`
      are the least it can be, if there are any)

    `indistinguishable`: the points are within the standard error of the difference between those
    who enter and those who leave. `text` says it in English.
    """

    chosen: bool
    code: Code
    points: float | None = None
    objective: float | None = None
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    indistinguishable: bool = False
    text: str = ""


@dataclass(frozen=True)
class Panel:
    """A cohort that keeps the rules and the probability with which the lottery draws it.

    `weight` is the same exactly: it is to the sum of all weights as `probability` to 1. A whole
    number as a text, since it can be larger than JSON readers keep.
    """

    members: tuple[str, ...]
    probability: float
    weight: str


@dataclass(frozen=True)
class Cohort:
    """The answer. Ids are in the order of the nominees.

    `optimal`: proven that no cohort is worth more (`bound` = `objective`). `feasible`: the best
    found in the time; none is worth more than `bound`. `infeasible`: proven that no cohort keeps
    the rules; `relaxations` are the fewest that make one possible. `unknown`: neither found nor
    disproven in the time. `reserves` come in the order in which to ask them.

    Leximin: everybody's chance of being drawn, the `panels` of the lottery, and the least chance of
    anybody who is not excluded (`minimum`), than which no lottery has more than `bound`. `optimal`:
    proven that chances can't be more equal. `selected` is the panel that the seed draws.
    """

    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    selected: tuple[str, ...] = ()
    reserves: tuple[Reserve, ...] = ()
    objective: float | None = None
    bound: float | None = None
    why: dict[str, Reason] = field(default_factory=dict)
    relaxations: tuple[Relaxation, ...] = ()
    probabilities: dict[str, float] | None = None
    panels: tuple[Panel, ...] | None = None
    minimum: float | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Change:
    """A rule that moves by `by`, and the best cohort then.

    A quota's `limit` says which end moves; without `limit`, one more or one fewer such person than
    are now in the best cohort is asked for. `objective` is None where no cohort keeps the rules
    then, or, if `proven` is False, where it could not be told in time. `points` is the difference
    from the best cohort now; `enters` come in and `leaves` go.
    """

    kind: Literal["quota", "seats", "budget"]
    by: float
    attribute: str | None = None
    value: str | None = None
    limit: End | None = None
    objective: float | None = None
    points: float | None = None
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    proven: bool = True


def refuse_mistakes(problem: Problem) -> None:
    """Raise `InvalidDocumentError` where a list names who or what is not there."""
    nominees = {nominee.id for nominee in problem.nominees}
    for index, nominee in enumerate(problem.nominees):
        for name, value in nominee.attributes.items():
            if value == EACH:
                raise InvalidDocumentError(
                    f"$.nominees[{index}].attributes", f"{name} can't be “{EACH}”"
                )
    refuse_any_unknown(problem.include, nominees, "$.include", "nominee")
    refuse_any_unknown(problem.exclude, nominees, "$.exclude", "nominee")
    if not isinstance(problem.explain, bool):
        refuse_any_unknown(problem.explain, nominees, "$.explain", "nominee")
    attributes = {name for nominee in problem.nominees for name in nominee.attributes}
    for index, quota in enumerate(problem.quotas):
        if nominees and quota.attribute not in attributes:
            raise InvalidDocumentError(
                f"$.quotas[{index}].attribute", f"no nominee has an attribute “{quota.attribute}”"
            )
