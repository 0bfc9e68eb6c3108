"""Questions about letters: to whom they can go, where they stand, what directors read of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from madang.cohorts import letter_papers, reasons
from madang.cohorts.letter_wordings import TO_MINISTRIES
from madang.cohorts.models import Letter, LetterBatch, LetterKind, Offer, Passport, Verdict
from madang.core import approvals
from madang.documents.models import IssuedDocument
from madang.nominations.models import Invitation, Nomination
from madang.people.models import Person
from madang.workshops.forms.fields import language_name
from madang.workshops.models import Edition, Participation

# Whom a kind of letter can go to; the first is proposed.
RECIPIENTS: dict[str, dict[str, str | Promise]] = {
    LetterKind.INVITATION: {
        "accepted": _("everybody who accepted an offer"),
        "offered": _("everybody to whom an offer was sent, or who accepted it"),
        "everybody": _("everybody who is expected, resource persons too"),
    },
    LetterKind.VISA: {
        "accepted": _("everybody who accepted an offer"),
        "everybody": _("everybody who is expected, resource persons too"),
    },
    LetterKind.MINISTRY: {"seats": _("countries in which somebody is offered a seat or accepted")},
    LetterKind.REGRET: {"unseated": _("countries in which somebody is not chosen")},
}
_COMES = (Participation.Kind.PARTICIPANT, Participation.Kind.RESOURCE_PERSON)
_OFFERED = (Offer.State.SENT, Offer.State.ACCEPTED)


@dataclass(frozen=True)
class Addressee:
    """To whom a letter goes: a person or a ministry, and in which language at best."""

    language: str
    person: Person | None = None
    nomination: Nomination | None = None
    participation: Participation | None = None
    invitation: Invitation | None = None

    @property
    def key(self) -> tuple[UUID | None, UUID | None]:
        return (
            self.person.pk if self.person else None,
            self.invitation.pk if self.invitation else None,
        )


# --- Recipients -----------------------------------------------------------------------------------
def addressees(edition: Edition, kind: str, recipients: str) -> list[Addressee]:
    """To whom the letters of a batch go, in the order of countries."""
    if recipients not in RECIPIENTS.get(kind, {}):
        raise KeyError(f"{kind} does not go to {recipients}.")
    if recipients == "accepted":
        return _of_offers(edition, (Offer.State.ACCEPTED,))
    if recipients == "offered":
        return _of_offers(edition, _OFFERED)
    if recipients == "everybody":
        return _of_participations(edition)
    found = _invitations(edition).filter(country__in=about(edition, kind))
    return [Addressee(language=one.language, invitation=one) for one in found]


def unasked(edition: Edition, kind: str) -> int:
    """How many countries a letter would speak to, had they been asked: they have no address."""
    if kind not in TO_MINISTRIES:
        return 0
    asked = set(_invitations(edition).values_list("country_id", flat=True))
    return len(set(about(edition, kind)) - asked)


def about(edition: Edition, kind: str) -> dict[UUID, list[tuple[int, str]]]:
    """Of which nominations a letter to each country speaks: number, and code of the reason."""
    found: dict[UUID, list[tuple[int, str]]] = defaultdict(list)
    if kind == LetterKind.MINISTRY:
        offers = edition.offers.filter(state__in=_OFFERED).order_by("nomination__number")
        for country, number in offers.values_list("nomination__country_id", "nomination__number"):
            found[country].append((number, ""))
    elif kind == LetterKind.REGRET:
        verdicts = Verdict.objects.filter(
            decision__edition=edition, decision__state="in_force", outcome="not_chosen"
        ).exclude(nomination__offer__state__in=(*_OFFERED, Offer.State.PREPARED))
        rows = verdicts.order_by("nomination__number").values_list(
            "nomination__country_id", "nomination__number", "reason"
        )
        for country, number, reason in rows:
            found[country].append((number, reason if reason in reasons.REASONS else "seats_full"))
    return found


def _invitations(edition: Edition) -> QuerySet[Invitation]:
    return (
        Invitation.objects.filter(call__edition=edition)
        .select_related("country", "organisation", "focal_point__subject")
        .order_by("country__sort_key")
    )


def _languages(edition: Edition) -> dict[UUID, str]:
    """The language of each country's letters, by country."""
    return dict(_invitations(edition).values_list("country_id", "language"))


def _of_offers(edition: Edition, states: Sequence[str]) -> list[Addressee]:
    spoken = _languages(edition)
    offers = (
        edition.offers.filter(state__in=states, nomination__person__erased_at=None)
        .select_related("nomination__person__subject", "nomination__country", "participation")
        .order_by("nomination__country__sort_key", "nomination__number")
    )
    return [
        Addressee(
            language=spoken.get(offer.nomination.country_id, offer.nomination.person.language),
            person=offer.nomination.person,
            nomination=offer.nomination,
            participation=offer.participation,
        )
        for offer in offers
    ]


def _of_participations(edition: Edition) -> list[Addressee]:
    spoken = _languages(edition)
    rows = (
        edition.participations.filter(
            state=Participation.State.EXPECTED, kind__in=_COMES, person__erased_at=None
        )
        .select_related("person__subject", "country", "offer__nomination__country")
        .order_by("country__sort_key", "created_at", "id")
    )
    found = []
    for row in rows:
        offer = getattr(row, "offer", None)
        found.append(
            Addressee(
                language=spoken.get(row.country_id, row.person.language),
                person=row.person,
                nomination=offer.nomination if offer is not None else None,
                participation=row,
            )
        )
    return found


# --- Batches --------------------------------------------------------------------------------------
def batches(edition: Edition) -> QuerySet[LetterBatch]:
    """The batches of an edition, the newest first, with how many letters each has and has made."""
    return edition.letter_batches.annotate(
        total=Count("letters"),
        made=Count("letters", filter=Q(letters__file__isnull=False)),
        sent=Count("letters", filter=Q(letters__sent_at__isnull=False)),
    ).order_by("-number")


# --- Letters --------------------------------------------------------------------------------------
def whole(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Letters with everything that papers and pages speak of."""
    return letters.select_related(
        "subject", "document", "file", "batch__edition__country",
        "person__subject", "person__country", "person__organisation",
        "nomination__subject", "nomination__country", "nomination__organisation",
        "participation__country", "participation__organisation",
        "invitation__country", "invitation__organisation", "invitation__focal_point__subject",
    )  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One letter as lists show it."""

    letter: Letter
    state: str
    language: str
    in_place_of: str
    lacks_passport: bool

    @property
    def addressee(self) -> str:
        return addressee_of(self.letter)

    @property
    def state_label(self) -> str | Promise:
        return STATES[self.state]

    @property
    def language_name(self) -> str:
        return language_name(self.language)

    @property
    def wanted_name(self) -> str:
        """The language that was wanted, where its wording is missing."""
        return language_name(self.in_place_of) if self.in_place_of else ""

    @property
    def country(self) -> Any:
        letter = self.letter
        for thing in (letter.invitation, letter.nomination, letter.participation, letter.person):
            if thing is not None and thing.country is not None:
                return thing.country
        return None


def addressee_of(letter: Letter) -> str:
    """To whom a letter goes, for pages: the person, or the ministry or country."""
    if letter.person is not None:
        return str(letter.person)
    invitation = letter.invitation
    if invitation.organisation is not None:
        return str(invitation.organisation.wording("name"))
    return str(invitation.country.wording("name"))


def state_of(letter: Letter) -> str:
    """Where a letter stands: prepared, waiting, issued, sent or revoked."""
    if letter.document is not None and letter.document.state == IssuedDocument.State.REVOKED:
        return "revoked"
    if letter.sent_at is not None:
        return "sent"
    if letter.file_id is not None:
        return "issued"
    # Its file was deleted with the passport data that were in it.
    if letter.document is not None and letter.document.file_digest:
        return "deleted"
    return "waiting" if letter.batch.state == LetterBatch.State.ISSUED else "prepared"


STATES: dict[str, str | Promise] = {
    "prepared": _("prepared"),
    "waiting": _("not made yet"),
    "issued": _("issued"),
    "sent": _("sent"),
    "revoked": _("revoked"),
    "deleted": _("file deleted"),
}


def rows(batch: LetterBatch, letters: Iterable[Letter], content: Mapping[str, Any]) -> list[Row]:
    """Letters with their state, language, and what is missing. Six queries for any number."""
    letters = list(letters)
    letter_papers.prefetch(batch.edition, letters)
    with_passport = set()
    if batch.kind == LetterKind.VISA:
        people = [letter.person_id for letter in letters]
        with_passport = set(
            Passport.objects.filter(person__in=people).values_list("person_id", flat=True)
        )
    found = []
    for letter in letters:
        language = letter_papers.language_of(content, letter)
        found.append(
            Row(
                letter=letter,
                state=state_of(letter),
                language=language,
                in_place_of=letter.language if letter.language != language else "",
                lacks_passport=batch.kind == LetterKind.VISA
                and letter.person_id not in with_passport,
            )
        )
    return found


def numbers(found: Iterable[Row]) -> list[tuple[str | Promise, int]]:
    """How many letters stand where, those states that there are."""
    counted = Counter(row.state for row in found)
    return [(label, counted[state]) for state, label in STATES.items() if counted[state]]


def fallbacks(found: Iterable[Row]) -> list[tuple[str, str, int]]:
    """Which languages have no wording, what stands in their place, and in how many letters."""
    counted = Counter((row.in_place_of, row.language) for row in found if row.in_place_of)
    return [
        (language_name(wanted), language_name(given), number)
        for (wanted, given), number in sorted(counted.items())
    ]


def unmade(batch: LetterBatch) -> QuerySet[Letter]:
    """Letters of an issued batch whose file is not made."""
    no_file_yet = Q(document=None) | Q(document__state="valid", document__file_digest="")
    return batch.letters.filter(no_file_yet, file=None)


def spoken_of(
    batch: LetterBatch, content: Mapping[str, Any], letters: Iterable[Letter]
) -> dict[UUID, list[tuple[Nomination, str]]]:
    """The nominations that each letter lists, with the reason's code. One query."""
    numbers = letter_papers.numbers_of(content)
    wanted = {number for letter in letters for number, _code in numbers.get(letter.pk, [])}
    by_number = {
        nomination.number: nomination
        for nomination in Nomination.objects.filter(
            edition=batch.edition_id, number__in=wanted, person__erased_at=None
        ).select_related("person__subject", "country")
    }
    return {
        key: [(by_number[number], code) for number, code in pairs if number in by_number]
        for key, pairs in numbers.items()
    }


# --- For the director -------------------------------------------------------------------------
def as_it_will_stand(batch: LetterBatch, content: Any) -> SafeString:
    """The batch as the director reads it: the wording in each language, and to whom it goes."""
    letters = list(whole(batch.letters.all()))
    found = rows(batch, letters, content)
    listed = spoken_of(batch, content, letters)
    used = {row.language for row in found}
    wording = content["wording"]
    context = {
        "batch": batch,
        "content": content,
        "rows": [
            (
                row,
                [
                    (nomination, reasons.REASONS.get(code, ""))
                    for nomination, code in listed.get(row.letter.pk, [])
                ],
            )
            for row in found
        ],
        "wordings": [
            (language, language_name(language), wording["subject_line"].get(language, ""), body)
            for language, body in wording["body"].items()
            if language in used
        ],
        "fallbacks": fallbacks(found),
        "with_reasons": batch.kind == LetterKind.REGRET,
    }
    return render_to_string("cohorts/letters/_as_it_will_stand.html", context)


def is_with_director(batch: LetterBatch) -> bool:
    """Whether the batch lies with a director, or was approved: nothing in it changes then."""
    latest = approvals.latest(batch)
    return latest is not None and latest.state in {"cleared", "approved"}
