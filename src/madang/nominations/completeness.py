"""What a nomination still lacks before it can be submitted."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _

from madang.core.transitions import Text
from madang.nominations import questions
from madang.nominations.models import Call, Endorsement, Nomination, Question

ENDORSEMENT = "endorsement"


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: a name for programs (a field, or the key of a question)."""

    code: str
    label: Text

    def __str__(self) -> str:
        return str(self.label)


def missing(nomination: Nomination) -> list[Missing]:
    """Everything that is missing, in the order of the form, the endorsement last.

    Asks no query where `queries.nominations.whole` read the nomination.
    """
    lacking = missing_values(nomination)
    if waits_for_endorsement(nomination):
        lacking.append(Missing(ENDORSEMENT, _("the endorsement of a superior")))
    return lacking


def missing_values(
    nomination: Nomination, answers: Mapping[UUID, str] | None = None
) -> list[Missing]:
    """What is missing of what whoever nominates fills in.

    `answers` by question stand for those that are kept, where they are about to change.
    """
    person = nomination.person
    reachable = person.email or person.phone or nomination.nominator_email
    call = call_of(nomination)
    needed: list[tuple[str, Text, object]] = [
        ("name", _("the name"), person.name),
        ("email", _("an e-mail address or telephone"), reachable),
        ("position", _("the position"), person.position),
        ("organisation_name", _("the organisation"),
         nomination.organisation_name or nomination.organisation_id),
        ("sector", _("the sector"), nomination.sector),
        ("sex", _("the sex"), nomination.sex),
    ]  # fmt: skip
    if call is not None and call.least_experience:
        known = nomination.years_experience is not None
        needed.append(("years_experience", _("the years in e-Government"), known))
    if call is not None and call.least_language:
        known = nomination.language_level is not None
        needed.append(("language_level", _("the command of the working language"), known))
    lacking = [Missing(code, label) for code, label, value in needed if not value]
    lacking += [
        Missing(question.key, question.wording("text"))
        for question in unanswered(nomination, call, answers)
    ]
    return lacking


def unanswered(
    nomination: Nomination, call: Call | None, answers: Mapping[UUID, str] | None = None
) -> list[Question]:
    """Required questions that are asked and have no answer."""
    if call is None:
        return []
    listed = list(call.questions.all())
    if not listed:
        return []
    if answers is None:
        answers = questions.by_question(nomination.answers.all())
    asked = questions.asked(listed, answers)
    return [question for question in asked if question.is_required and not answers.get(question.pk)]


def waits_for_endorsement(nomination: Nomination) -> bool:
    """Whether the call needs a superior's word and there is none yet."""
    call = call_of(nomination)
    return call is not None and call.endorsement_needed and not is_endorsed(nomination)


def is_endorsed(nomination: Nomination) -> bool:
    """Whether a superior endorsed it: by their link or on paper, or so says the spreadsheet."""
    endorsement = endorsement_of(nomination)
    if endorsement is not None and endorsement.state == Endorsement.State.REFUSED:
        return False
    given = endorsement is not None and endorsement.state == Endorsement.State.GIVEN
    return given or nomination.endorsed_on is not None


def endorsement_of(nomination: Nomination) -> Endorsement | None:
    """The endorsement that was asked for or recorded, if any."""
    try:
        return nomination.endorsement
    except ObjectDoesNotExist:
        return None


def call_of(nomination: Nomination) -> Call | None:
    """The call that the nomination answers; None where the edition has none."""
    try:
        return nomination.edition.call
    except ObjectDoesNotExist:
        return None
