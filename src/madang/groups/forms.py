"""Forms of the secretariat's pages of groups, and of what a group concludes."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core import locales, texts
from madang.core.days import MomentField
from madang.core.record_forms import RecordForm
from madang.groups.models import Absence, Conclusion, Group, GroupPlan, Level
from madang.groups.models.conclusions import LONGEST
from madang.people.models import Country
from madang.workshops.forms import fields
from madang.workshops.models import Edition, Participation, Room, Session
from madang.workshops.queries import people

KINDS = (Session.Kind.GROUP_WORK, Session.Kind.DISCUSSION, Session.Kind.HANDS_ON)


class SessionsField(forms.ModelMultipleChoiceField):
    """Sessions by day, time and title."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, session: Session) -> str:
        start = session.starts_at.astimezone(session.edition.zone)
        day = locales.calendar_date(start, "day", session.edition.zone)
        hour = locales.clock_time(start, session.edition.zone)
        return f"{day} {hour} · {session.wording('title')}"


class PlanForm(RecordForm):
    """What a week's groups are to be like."""

    sessions = SessionsField(
        None,
        label=gettext_lazy("Sessions in groups"),
        help_text=gettext_lazy("Group work, discussions and labs for everybody; one round each."),
    )

    class Meta:
        model = GroupPlan
        fields = (
            "groups",
            "apart_country",
            "apart_organisation",
            "balance_maturity",
            "balance_sex",
            "balance_newcomers",
            "balance_sector",
            "counts_dinners",
        )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = edition.sessions.filter(
            kind__in=KINDS,
            state=Session.State.PLANNED,
            audience=Session.Audience.EVERYONE,
            starts_at__isnull=False,
        )
        field = self.fields["sessions"]
        field.queryset = offered.select_related("edition").order_by("starts_at", "id")
        chosen = [] if self.instance._state.adding else self.instance.rounds.values("session")
        self.initial["sessions"] = (
            list(offered.filter(pk__in=chosen))
            if chosen
            else list(offered.filter(kind=Session.Kind.GROUP_WORK))
        )
        texts.prefetch(field.queryset)
        self.order_fields(["groups", "sessions"])

    def stored_values(self, stored: Any) -> dict[str, Any]:
        return super().stored_values(stored) | {
            "sessions": list(stored.rounds.values_list("session", flat=True))
        }

    def shown(self, stored: Any, name: str) -> str:
        if name == "sessions":
            return locales.number(stored.rounds.count())
        return super().shown(stored, name)

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "sessions"}


class LevelsForm(forms.Form):
    """A level for each country that takes part."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, *args: Any, plan: GroupPlan, countries: list[Country], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = plan.version
        stored = dict(plan.levels.values_list("country_id", "value"))
        self.names: dict[str, UUID] = {}
        for country in countries:
            name = f"level-{country.pk}"
            self.names[name] = country.pk
            self.fields[name] = forms.ChoiceField(
                label=country.wording("name"),
                choices=[("", _("not known")), *Level.Value.choices],
                required=False,
                initial=stored.get(country.pk, ""),
            )

    def levels(self) -> dict[UUID, str]:
        return {key: self.cleaned_data[name] for name, key in self.names.items()}

    def show_conflict(self) -> None:
        """Somebody else changed the plan meanwhile: what was typed stays, and is not saved."""
        self.add_error(
            None, _("Somebody else changed this in the meantime: look at it again, then save.")
        )


class PersonField(forms.ModelChoiceField):
    """Somebody in the edition, by name and country."""

    def label_from_instance(self, one: Participation) -> str:
        country = people.country_name(one)
        return f"{one.person} · {country}" if country else str(one.person)


class AbsenceForm(RecordForm):
    """From when to when somebody is away."""

    starts_at = MomentField(
        label=gettext_lazy("Away from"),
        widget=fields.moment_input(),
        help_text=gettext_lazy("On the clock of the place."),
    )
    ends_at = MomentField(
        label=gettext_lazy("Back at"),
        required=False,
        widget=fields.moment_input(),
        help_text=gettext_lazy("Empty: they have left, and do not come back."),
    )

    class Meta:
        model = Absence
        fields = ("starts_at", "ends_at")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", ValidationError(_("That is before they leave.")))
        return cleaned


class NewAbsenceForm(AbsenceForm):
    """The same, and who it is."""

    participation = PersonField(None, label=gettext_lazy("Who"))

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = people.in_edition(edition).filter(
            kind=Participation.Kind.PARTICIPANT, state=Participation.State.EXPECTED
        )
        field = self.fields["participation"]
        field.queryset = found
        listed = people.by_name(people.with_wordings(found))
        field.choices = [("", "—"), *((one.pk, field.label_from_instance(one)) for one in listed)]
        self.order_fields(["participation"])

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "participation"}


class MoveForm(forms.Form):
    """Into which group somebody goes, perhaps in exchange for somebody: `4` or `4:<id>`."""

    to = forms.ChoiceField(label=gettext_lazy("Group"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = choices

    def target(self) -> tuple[int, UUID | None]:
        number, _sep, key = self.cleaned_data["to"].partition(":")
        return int(number), UUID(key) if key else None


class GroupForm(RecordForm):
    """Where a group sits, and who writes for it."""

    room = fields.WordedChoiceField(None, label=gettext_lazy("Room"), required=False)
    rapporteur = PersonField(None, label=gettext_lazy("Rapporteur"), required=False)
    everywhere = forms.BooleanField(
        label=gettext_lazy("The group of this number sits there in all sessions to come"),
        required=False,
        initial=True,
    )

    class Meta:
        model = Group
        fields = ("room", "place", "rapporteur")
        help_texts: ClassVar = {
            "place": gettext_lazy("Where several groups share a room: “by the window”.")
        }

    def __init__(self, *args: Any, edition: Edition, members: list[Participation], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = Room.objects.filter(site__edition=edition)
        field = self.fields["rapporteur"]
        field.queryset = Participation.objects.filter(
            pk__in=[one.pk for one in members]
        ).select_related("person__subject")
        field.choices = [("", "—"), *((one.pk, field.label_from_instance(one)) for one in members)]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "everywhere"}


class ConclusionForm(RecordForm):
    """What a group concluded."""

    class Meta:
        model = Conclusion
        fields = ("text",)
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 12, "maxlength": LONGEST})}
        help_texts: ClassVar = {
            "text": gettext_lazy(
                "A few sentences: what you agree on, and what you would tell others."
            )
        }

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text) > LONGEST:
            raise ValidationError(_("This is too long: keep to what others should know."))
        return text


class SendBackForm(forms.Form):
    """What is to be mended."""

    note = forms.CharField(
        label=gettext_lazy("What is to be mended"), widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
    )  # fmt: skip
