"""What became of the forty seats of the demo: taken, lost, filled again, or left empty."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from madang.cohorts.actions import offers, seats
from madang.cohorts.models import Offer
from madang.nominations.actions import nominations
from madang.site.demo import nominees
from madang.site.demo.company import Company
from madang.site.demo.content import content
from madang.site.demo.nominating import nomination_of
from madang.site.demo.nominees import Nominee
from madang.site.demo.story import Step


def steps() -> Iterator[Step]:
    """The first wave, the answers day by day, and what happened to each lost seat."""
    stated = content("offers")
    yield Step(stated["terms"], _set_terms)
    yield Step(stated["prepared"], _prepare)
    yield Step(stated["sent"], _send_prepared)
    for moment, how_many in stated["answers"]:
        yield Step(moment, partial(_accept_some, how_many=how_many))
    for entry in stated["events"]:
        yield Step(entry["at"], partial(EVENTS[entry["what"]], entry=entry))


def _set_terms(company: Company) -> None:
    stated = content("offers")
    values = {
        "answer_days": stated["answer_days"],
        "substitution_until": stated["substitution_until"],
    }
    offers.set_terms(company.incheon, values, expected_version=1, actor=company.officer)


def _prepare(company: Company) -> None:
    offers.prepare(company.incheon.decisions.get(), actor=company.officer)


def _send_prepared(company: Company) -> None:
    for offer in company.incheon.offers.filter(state=Offer.State.PREPARED):
        offers.send(offer, actor=company.officer)


def _accept_some(company: Company, *, how_many: int) -> None:
    """Those who come answer within some days, so many at a time."""
    waiting = company.incheon.offers.filter(state=Offer.State.SENT, wave=1)
    coming = {nominee.email: nominee for nominee in nominees.everybody() if nominee.comes}
    taking = {nominees.fated(fate).email for fate in ("withdraws", "falls_ill")}
    late = set(content("offers")["late"])
    ready = [
        offer
        for offer in waiting.select_related("nomination__person__subject").order_by(
            "nomination__number"
        )
        if (email := offer.nomination.person.email) in coming.keys() | taking and email not in late
    ]
    for offer in ready[:how_many]:
        offers.accept(offer, actor=None)


def _offer(company: Company, nominee: Nominee) -> Offer:
    return Offer.objects.get(nomination=nomination_of(company, nominee))


def _who(entry: Mapping[str, Any], name: str = "who") -> Nominee:
    """Somebody of the story, by address or by what became of them."""
    known = {nominee.email: nominee for nominee in nominees.everybody()}
    return known.get(entry[name]) or nominees.fated(entry[name])


def _accept(company: Company, *, entry: Mapping[str, Any]) -> None:
    offers.accept(_offer(company, _who(entry)), actor=None)


def _decline(company: Company, *, entry: Mapping[str, Any]) -> None:
    offers.decline(_offer(company, _who(entry)), remark=entry["remark"], actor=None)


def _withdraw(company: Company, *, entry: Mapping[str, Any]) -> None:
    offers.withdraw(_offer(company, _who(entry)), remark=entry["remark"], actor=company.officer)


def _extend(company: Company, *, entry: Mapping[str, Any]) -> None:
    offers.extend(_offer(company, _who(entry)), entry["until"], actor=company.officer)


def _lapse(company: Company, *, entry: Mapping[str, Any]) -> None:
    del company, entry
    offers.lapse_due()


def _release(company: Company, *, entry: Mapping[str, Any]) -> None:
    seats.release(_offer(company, _who(entry)), actor=company.officer)


def _substitute(company: Company, *, entry: Mapping[str, Any]) -> None:
    seats.substitute(
        _offer(company, _who(entry)),
        nomination_of(company, _who(entry, "by")),
        actor=company.officer,
    )


def _fill(company: Company, *, entry: Mapping[str, Any]) -> None:
    seats.fill(
        _offer(company, _who(entry)),
        nomination_of(company, _who(entry, "by")),
        actor=company.officer,
    )
    _send_prepared(company)


def _leave(company: Company, *, entry: Mapping[str, Any]) -> None:
    """A nominee is no longer to be had."""
    nominations.withdraw(nomination_of(company, _who(entry)), actor=company.officer)


EVENTS: dict[str, Callable[..., None]] = {
    "accept": _accept,
    "decline": _decline,
    "withdraw": _withdraw,
    "extend": _extend,
    "lapse": _lapse,
    "release": _release,
    "substitute": _substitute,
    "fill": _fill,
    "leave": _leave,
}
