"""How the demo's nominations were screened: two officers, a third where they were far apart."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import product

from madang.nominations.actions import screening
from madang.nominations.models import Criterion, Nomination, Screening
from madang.people.models import Account
from madang.site.demo.company import Company
from madang.site.demo.content import content
from madang.site.demo.nominees import everybody
from madang.site.demo.story import Step

# By how many points of a hundred the two officers differ from the merit, in turn …
DIFFERENCES = (1, -3, 2, 4, -2, 0, 3, -4, -1, 2, -3)
# … and how far where they read a nomination quite differently: each so-manieth of them.
FAR, EACH = 13, 17
# How many nominations each officer scores in one sitting.
SITTING = 12


def steps() -> Iterator[Step]:
    """Officers are asked, and score from day to day, each by themselves."""
    stated = content("nominations")["screening"]
    yield Step(stated["asked"], _ask)
    sittings: list[datetime] = stated["sittings"]
    for number, moment in enumerate(sittings):
        last = number == len(sittings) - 1
        for seat, later in (("secretariat", 0), ("officer2", 5)):
            yield Step(
                moment + timedelta(hours=later),
                partial(_score, seat=seat, how_many=None if last else SITTING),
            )
    yield Step(stated["third_asked"], _ask_third)
    yield Step(stated["third_given"], partial(_score, seat="officer3", how_many=None))
    yield Step(stated["merit"], _compute)


def _ask(company: Company) -> None:
    officers = [company.accounts[seat] for seat in ("secretariat", "officer2")]
    screening.ask(company.call, officers, opinions=2, actor=company.officer)


def _score(company: Company, *, seat: str, how_many: int | None) -> None:
    """One sitting of an officer: the next nominations, by number."""
    officer = company.accounts[seat]
    criteria = list(company.call.criteria.all())
    merit = {nominee.email: nominee.merit for nominee in everybody()}
    waiting = Screening.objects.filter(
        nomination__edition=company.incheon, screener=officer, state=Screening.State.ASKED
    ).select_related("nomination__edition__call", "nomination__person__subject")
    for one in waiting.order_by("nomination__number")[:how_many]:
        value = merit[one.nomination.person.email]
        total = _total(one.nomination.number, value, seat)
        scores = dict(zip(criteria, _spread(total, criteria), strict=True))
        screening.score(one, scores, comment="", actor=officer)


def _total(number: int, merit: float, seat: str) -> int:
    """An officer's points: those of both have the merit for their mean, the third's are near it."""
    if seat == "officer3":
        return round(merit)
    apart = FAR if _is_far_apart(number) else DIFFERENCES[number % len(DIFFERENCES)]
    both = round(2 * merit)
    first = min(both // 2 + apart, 100)
    return first if seat == "secretariat" else both - first


def _is_far_apart(number: int) -> bool:
    return number % EACH == 0


def _spread(total: int, criteria: Sequence[Criterion]) -> tuple[int, ...]:
    """Scores that are alike over the criteria, and make a total of points of a hundred."""
    near = total * criteria[0].maximum // 100
    choices = range(max(near - 3, 0), min(near + 4, criteria[0].maximum) + 1)
    fitting = (
        scores
        for scores in product(choices, repeat=len(criteria))
        if sum(s * each.weight for s, each in zip(scores, criteria, strict=True)) == total
    )
    return min(fitting, key=lambda scores: max(scores) - min(scores))


def _ask_third(company: Company) -> None:
    far = [
        nomination
        for nomination in Nomination.objects.filter(
            edition=company.incheon, state=Nomination.State.ELIGIBLE
        ).order_by("number")
        if _is_far_apart(nomination.number)
    ]
    third: Account = company.accounts["officer3"]
    screening.ask_third_opinion(far, third, call=company.call, actor=company.officer)


def _compute(company: Company) -> None:
    screening.compute_merit(company.call, actor=company.officer)
