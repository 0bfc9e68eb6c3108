"""By what quotas count nominees: country, sub-region, sector, sex, first-timers, and questions.

An attribute has a name and each nominee at most one value of it, a code; who has none counts for no
quota of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madang.core import texts
from madang.nominations import questions
from madang.nominations.models import Answer, Call, Nomination, Question, Quota, Sector, Sex
from madang.nominations.questions import NO, YES
from madang.people.models import Country
from madang.people.models.country import Subregion

# A quota as forms give it: attribute, value, least, most.
QuotaValues = tuple[str, str, int, int | None]

COUNTED = (Question.Kind.YES_NO, Question.Kind.ONE)
_FIRST_TIMER = {YES: _("first time"), NO: _("came before")}


@dataclass(frozen=True)
class Attribute:
    """One attribute with the values that nominees of a call can have."""

    name: str
    label: str | Promise
    values: dict[str, str | Promise]

    def value_label(self, value: str) -> str:
        """A value in words; "*" is each of them."""
        if value == Quota.EACH:
            return str(_("each"))
        return str(self.values.get(value, value))


def attributes(call: Call, countries: Iterable[Country]) -> dict[str, Attribute]:
    """Every attribute by which the quotas of a call can count, by name.

    `countries` are those that nominate. Two queries, and those of the questions' languages.
    """
    known = sorted(countries, key=lambda country: country.sort_key)
    texts.prefetch(known)
    subregions = dict(Subregion.choices)
    found = [
        Attribute(
            Quota.Attribute.COUNTRY,
            _("country"),
            {country.alpha2: country.wording("name") for country in known},
        ),
        Attribute(
            Quota.Attribute.SUBREGION,
            _("sub-region"),
            {
                country.subregion: subregions[country.subregion]
                for country in known
                if country.subregion
            },
        ),
        Attribute(Quota.Attribute.SECTOR, _("sector"), dict(Sector.choices)),
        Attribute(Quota.Attribute.SEX, _("sex"), dict(Sex.choices)),
        Attribute(Quota.Attribute.FIRST_TIMER, _("first-timer"), dict(_FIRST_TIMER)),
    ]
    return {each.name: each for each in [*found, *_of_questions(call)]}


def _of_questions(call: Call) -> Iterable[Attribute]:
    counted = call.questions.filter(kind__in=COUNTED).prefetch_related("choices")
    for question in questions.with_wordings(counted):
        yield Attribute(question.key, question.wording("text"), dict(questions.offered(question)))


def values_of(nominations: Sequence[Nomination]) -> dict[UUID, dict[str, str]]:
    """By nomination: the values of its attributes. One query; `country` is to be selected."""
    answers: dict[UUID, dict[str, str]] = defaultdict(dict)
    for nomination, key, code in (
        Answer.objects.filter(
            nomination__in=[each.pk for each in nominations], question__kind__in=COUNTED
        )
        .exclude(code="")
        .values_list("nomination_id", "question__key", "code")
    ):
        answers[nomination][key] = code
    return {each.pk: _own(each) | answers[each.pk] for each in nominations}


def _own(nomination: Nomination) -> dict[str, str]:
    before = nomination.attended_before
    values = {
        Quota.Attribute.COUNTRY: nomination.country.alpha2,
        Quota.Attribute.SUBREGION: nomination.country.subregion,
        Quota.Attribute.SECTOR: nomination.sector,
        Quota.Attribute.SEX: nomination.sex,
        Quota.Attribute.FIRST_TIMER: "" if before is None else NO if before else YES,
    }
    return {str(name): value for name, value in values.items() if value}
