"""Nominations: whom a country proposes, who endorses them, and what they answered."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Personal, PersonalText, Record
from madang.core.transitions import Text, Transition
from madang.nominations.models.call import Question, Sector, Sex
from madang.nominations.models.invitation import Correspondence
from madang.people.models import Country, Organisation, Person
from madang.workshops.models import Edition

_SIX_MONTHS = _("six months after the workshop")
_TWO_YEARS = _("two years after the workshop")


def _is_complete(nomination: "Nomination") -> Text | None:
    from madang.nominations.completeness import missing

    lacking = missing(nomination)
    if lacking:
        return _("It is not complete: %(what)s.") % {"what": ", ".join(str(it) for it in lacking)}
    return None


class Nomination(Record, Personal):
    """One person proposed by one country for one edition, under the key of that person.

    What quotas count (country, sector, sex, whether they came before) is kept as codes beside the
    personal texts; erasing the person empties these too.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        SUBMITTED = "submitted", _("received")
        ELIGIBLE = "eligible", _("eligible")
        INELIGIBLE = "ineligible", _("not eligible")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Origin(models.TextChoices):
        FORM = "form", _("form")
        SPREADSHEET = "spreadsheet", _("spreadsheet")
        SCAN = "scan", _("keyed in from paper")
        SECRETARIAT = "secretariat", _("entered by the secretariat")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="nominations")
    number = models.PositiveIntegerField(_("number"), editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="nominations")
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("nominated by")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    origin = models.CharField(_("came as"), max_length=12, choices=Origin)
    title = PersonalText(_("title"), why=_("to address you"), until=_TWO_YEARS)
    family_name = PersonalText(
        _("family name"), why=_("as your ministry wrote it, for letters"), until=_TWO_YEARS
    )
    given_names = PersonalText(
        _("given names"), why=_("as your ministry wrote it, for letters"), until=_TWO_YEARS
    )
    organisation_name = PersonalText(
        _("organisation"), why=_("to know whom you would represent"), until=_TWO_YEARS
    )
    responsibility = PersonalText(
        _("responsibility for e-Government"),
        why=_("to choose those whose work needs the workshop most"),
        until=_SIX_MONTHS,
    )
    needs = PersonalText(
        _("dietary and access needs"),
        why=_("to prepare food, rooms and help for you if you come"),
        until=_SIX_MONTHS,
    )
    nominator = PersonalText(
        _("nominated by whom"), why=_("to know who speaks for your ministry"), until=_SIX_MONTHS
    )
    nominator_email = PersonalText(
        _("nominator's e-mail address"),
        why=_("to ask your ministry where something is open"),
        until=_SIX_MONTHS,
    )
    note = PersonalText(
        _("the secretariat's note"),
        why=_("to settle what is open about the nomination"),
        until=_SIX_MONTHS,
        withheld=True,
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sector = models.CharField(_("sector"), max_length=14, choices=Sector, blank=True, default="")
    sex = models.CharField(_("sex"), max_length=8, choices=Sex, blank=True, default="")
    years_experience = models.PositiveSmallIntegerField(
        _("years in e-Government"), null=True, blank=True
    )
    language_level = models.PositiveSmallIntegerField(
        _("command of the working language (1–5)"), null=True, blank=True
    )
    attended_before = models.BooleanField(_("came to an earlier workshop"), null=True, blank=True)
    endorsed_on = models.DateField(_("endorsed on"), null=True, blank=True)
    # The ministry's own order of preference.
    preference = models.PositiveSmallIntegerField(_("preference"), null=True, blank=True)
    source = models.ForeignKey(
        Correspondence,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("came with"),
    )
    entered_by = models.UUIDField(null=True, editable=False)
    submitted_at = models.DateTimeField(_("received"), null=True, editable=False)
    # Why it is not eligible: codes of `nominations.eligibility`.
    grounds = models.JSONField(default=list, blank=True, editable=False)

    submit = Transition(
        "state",
        sources=(State.DRAFT, State.WITHDRAWN),
        target=State.SUBMITTED,
        label=_("Submit"),
        audit="nomination.submitted",
        guard=_is_complete,
    )
    accept = Transition(
        "state",
        sources=(State.SUBMITTED, State.INELIGIBLE),
        target=State.ELIGIBLE,
        label=_("Eligible"),
        audit="nomination.accepted",
    )
    refuse = Transition(
        "state",
        sources=(State.SUBMITTED, State.ELIGIBLE),
        target=State.INELIGIBLE,
        label=_("Not eligible"),
        audit="nomination.refused",
    )
    withdraw = Transition(
        "state",
        sources=(State.DRAFT, State.SUBMITTED, State.ELIGIBLE, State.INELIGIBLE),
        target=State.WITHDRAWN,
        label=_("Withdraw"),
        audit="nomination.withdrawn",
    )
    reopen = Transition(
        "state",
        sources=(State.SUBMITTED, State.ELIGIBLE, State.INELIGIBLE, State.WITHDRAWN),
        target=State.DRAFT,
        label=_("Give back to be completed"),
        audit="nomination.reopened",
    )

    class Meta:
        verbose_name = _("nomination")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "number"), name="nominations_nomination_number"
            ),
            models.UniqueConstraint(fields=("edition", "person"), name="nominations_person_once"),
            models.CheckConstraint(
                condition=models.Q(language_level__isnull=True)
                | models.Q(language_level__range=(1, 5)),
                name="nominations_language_scale",
            ),
        )
        indexes = (
            models.Index(fields=("edition", "state"), name="nominations_edition_state"),
            models.Index(fields=("edition", "country"), name="nominations_edition_country"),
        )

    def __str__(self) -> str:
        return str(self.person)


class Answer(Record, Personal):
    """What a nominee answered to a question of the call, under the nominee's key.

    `code` repeats the answer to a choice or to yes or no, so that quotas can count it.
    """

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    text = PersonalText(
        _("answer"), why=_("to choose whom the workshop serves best"), until=_SIX_MONTHS
    )
    code = models.CharField(max_length=40, blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("answer")
        constraints = (
            models.UniqueConstraint(
                fields=("nomination", "question"), name="nominations_answer_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.question_id}"


class Endorsement(Record, Personal):
    """A superior's word for a nomination: by a link of their own, on paper, or in a spreadsheet.

    The signed page is a file that this row owns.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        GIVEN = "given", _("given")
        REFUSED = "refused", _("refused")

    nomination = models.OneToOneField(
        Nomination, on_delete=models.CASCADE, related_name="endorsement"
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ASKED)
    # Who endorses is a person of their own: the link is mailed to their address.
    endorser = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = PersonalText(
        _("name and position of who endorses"),
        why=_("to show who spoke for you"),
        until=_SIX_MONTHS,
    )
    remark = PersonalText(_("remark"), why=_("to know why you were endorsed"), until=_SIX_MONTHS)
    asked_at = models.DateTimeField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)

    give = Transition(
        "state",
        sources=(State.ASKED, State.REFUSED),
        target=State.GIVEN,
        label=_("Endorse"),
        audit="endorsement.given",
    )
    refuse = Transition(
        "state",
        sources=(State.ASKED, State.GIVEN),
        target=State.REFUSED,
        label=_("Do not endorse"),
        audit="endorsement.refused",
    )
    ask_again = Transition(
        "state",
        sources=(State.GIVEN, State.REFUSED),
        target=State.ASKED,
        label=_("Ask again"),
        audit="endorsement.asked_again",
    )

    class Meta:
        verbose_name = _("endorsement")

    def __str__(self) -> str:
        return f"{self.nomination_id}: {self.state}"

    @property
    def edition_id(self) -> UUID:
        """The edition, in whose history the row belongs."""
        return self.nomination.edition_id
