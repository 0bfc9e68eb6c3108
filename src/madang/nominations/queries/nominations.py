"""Reading nominations: whole ones in few queries, whatever their number, and lists of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from madang.core import texts
from madang.nominations import completeness, questions
from madang.nominations.models import Answer, Endorsement, Nomination
from madang.people.countries import in_order_of_names
from madang.people.country_names import sort_key
from madang.people.models import Country
from madang.workshops.models import Edition

State = Nomination.State


def whole(nominations: QuerySet[Nomination] | None = None) -> QuerySet[Nomination]:
    """Nominations with all that completeness, eligibility and a page of one ask for.

    The edition, its call and its questions are read once for all of them.
    """
    rows: QuerySet[Any] = Nomination.objects.all() if nominations is None else nominations
    # What every nomination has one of is joined: SQLite can't be asked for thousands of other keys.
    return rows.select_related(
        "subject", "person__subject", "country", "organisation", "source", "endorsement__subject"
    ).prefetch_related(
        "edition__call__questions__choices",
        Prefetch("answers", Answer.objects.select_related("subject")),
    )


def answers_in_words(nomination: Nomination) -> list[tuple[str, str]]:
    """Each question that was answered, with the answer in words, in the order of the form."""
    call = completeness.call_of(nomination)
    if call is None:
        return []
    listed = questions.with_wordings(call.questions.all())
    kept = questions.by_question(nomination.answers.all())
    return [
        (question.wording("text"), questions.shown(question, kept[question.pk]))
        for question in questions.asked(listed, kept)
        if kept.get(question.pk)
    ]


# --- Lists ----------------------------------------------------------------------------------------
def of_edition(edition: Edition) -> QuerySet[Nomination]:
    """An edition's nominations with what a line of a list shows."""
    return edition.nominations.select_related("subject", "person__subject", "country").annotate(
        is_endorsed=Q(endorsed_on__isnull=False) & ~Q(Exists(_endorsements("refused")))
        | Q(Exists(_endorsements("given")))
    )


def _endorsements(state: str) -> QuerySet[Endorsement]:
    return Endorsement.objects.filter(nomination=OuterRef("pk"), state=state).order_by()


def filtered(rows: QuerySet[Nomination], wanted: Mapping[str, Any]) -> Sequence[Nomination]:
    """Those that a list's filters ask for; a queryset, unless a name is searched.

    Names are encrypted: to find one, every row that the other filters leave is opened.
    """
    for name in ("state", "sector", "sex", "origin"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    if wanted.get("country"):
        rows = rows.filter(country__alpha2=wanted["country"])
    if wanted.get("endorsement"):
        rows = rows.filter(is_endorsed=wanted["endorsement"] == "given")
    text = str(wanted.get("q") or "").strip()
    if not text:
        return rows
    if text.isdecimal():
        return rows.filter(number=int(text)) if len(text) < 10 else rows.none()
    words = sort_key(text).split()
    found = [row for row in rows if all(word in _searched(row) for word in words)]
    return found if words else rows


def _searched(row: Nomination) -> str:
    person = row.person
    parts = (
        person.name, person.latin_name, row.family_name, row.given_names, row.organisation_name,
        person.email,
    )  # fmt: skip
    return " ".join(map(sort_key, filter(None, parts)))


def countries(edition: Edition) -> list[tuple[str, str]]:
    """The countries that sent nominations, for a filter: code and name."""
    sent = Country.objects.filter(pk__in=edition.nominations.values("country"))
    return [(it.alpha2, str(it.wording("name"))) for it in in_order_of_names(sent)]


def with_wordings(rows: Sequence[Nomination]) -> None:
    """Read the names of the countries of some rows, once for all of them."""
    texts.prefetch([row.country for row in rows])
