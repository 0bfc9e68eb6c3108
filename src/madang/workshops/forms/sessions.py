"""Forms of a session and of the people who have a part in it."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core import locales, texts
from madang.core.days import DayField, MomentField
from madang.core.record_forms import RecordForm
from madang.workshops.forms import fields
from madang.workshops.forms.persons import Candidates, PersonField
from madang.workshops.models import Edition, Participation, Room, Session, SessionPerson
from madang.workshops.queries import people

# Fields for further people, below those who have a part already.
MORE_PEOPLE = 3


class RoomField(fields.WordedChoiceField):
    """A room of the edition, named with its place."""

    def label_from_instance(self, room: Room) -> str:
        return f"{room.wording('name')} · {room.site.wording('name')}"


class ModuleField(fields.WordedChoiceField):
    """A module of the edition."""

    iterator = fields.InOrder
    named_by = "title"


class SessionForm(RecordForm):
    """A session of an edition whose time zone is active: days and times are those of the place.

    Whether it can stand there is asked by the action (`actions.placing.check`).
    """

    module = ModuleField(None, required=False, label=gettext_lazy("Module"))
    room = RoomField(None, required=False, label=gettext_lazy("Room"))
    day = DayField(
        label=gettext_lazy("Day"),
        required=False,
        widget=fields.day_input(),
        help_text=gettext_lazy("Without day and start it waits to be placed."),
    )
    start = forms.TimeField(label=gettext_lazy("Start"), required=False, widget=fields.time_input())
    sign_up_until = MomentField(
        label=gettext_lazy("Sign up until"),
        required=False,
        widget=fields.moment_input(),
        help_text=gettext_lazy("On the clock of the place."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Written in"), choices=fields.language_choices)

    class Meta:
        model = Session
        fields = (
            "title", "kind", "module", "description", "day", "start", "minutes", "room",
            "audience", "places", "sign_up_until", "language",
        )  # fmt: skip
        help_texts: ClassVar = {
            "description": gettext_lazy("Paragraphs, lists and links in Markdown."),
            "places": gettext_lazy("For sessions with sign-up; empty: as many as come."),
        }

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.fields["module"].queryset = edition.modules.all()
        self.fields["room"].queryset = Room.objects.filter(site__edition=edition).select_related(
            "site"
        )
        if self.instance._state.adding:
            self.initial.setdefault("language", edition.language)
        else:
            self.initial |= _day_and_start(self.instance)

    def stored_values(self, stored: Session) -> dict[str, Any]:
        return model_to_dict(stored) | _day_and_start(stored)

    def shown(self, stored: Session, name: str) -> str:
        value = self.stored_values(stored)[name]
        if value and name == "day":
            return locales.calendar_date(value, "long")
        if value and name == "start":
            return locales.clock_time(value)
        return super().shown(stored, name)

    def show_conflict(self) -> None:
        super().show_conflict()
        parts = SessionPerson.objects.filter(session=self.instance.pk).order_by("order", "id")
        named = [
            str(part.participation.person)
            for part in parts.select_related("participation__person__subject")
        ]
        self.add_error(
            None,
            _("Who has a part in it now: %(people)s.") % {"people": locales.listed(named) or "—"},
        )

    def values(self) -> dict[str, Any]:
        return super().values() | {"starts_at": self.cleaned_data["starts_at"]}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, start = cleaned.get("day"), cleaned.get("start")
        if day and not start and "start" not in self.errors:
            self.add_error("start", _("Give the time too, or leave the day empty."))
        if start and not day and "day" not in self.errors:
            self.add_error("day", _("Give the day too, or leave the start empty."))
        cleaned["starts_at"] = self.edition.moment(day, start) if day and start else None
        self._check_sign_up(cleaned)
        return cleaned

    def _check_sign_up(self, cleaned: dict[str, Any]) -> None:
        with_sign_up = cleaned.get("audience") == Session.Audience.SIGN_UP
        if not with_sign_up:
            for name in ("places", "sign_up_until"):
                if cleaned.get(name) is not None:
                    self.add_error(name, _("Only a session with sign-up has this."))
        starts_at, until = cleaned["starts_at"], cleaned.get("sign_up_until")
        if starts_at and until and until > starts_at:
            self.add_error("sign_up_until", _("This is after the session begins."))


def _day_and_start(session: Session) -> dict[str, Any]:
    local: datetime | None = (
        timezone.localtime(session.starts_at) if session.starts_at is not None else None
    )
    return {"day": local.date() if local else None, "start": local.time() if local else None}


class PartForm(forms.Form):
    """Somebody's part in a session; nobody chosen is no part."""

    person = PersonField(label=gettext_lazy("Person"), required=False)
    role = forms.ChoiceField(
        label=gettext_lazy("Part"), choices=SessionPerson.Role.choices, required=False
    )

    def __init__(self, *args: Any, candidates: Candidates, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(candidates, self.initial.get("person"))


class _Parts(forms.BaseFormSet):
    def clean(self) -> None:
        seen = set()
        for form in self.forms:
            person, role = form.cleaned_data.get("person"), form.cleaned_data.get("role")
            if person and (person, role) in seen:
                form.add_error("person", _("This person has this part already."))
            seen.add((person, role))


_PartFormSet = forms.formset_factory(PartForm, formset=_Parts, extra=MORE_PEOPLE, max_num=60)


class Parts:
    """The people of a session as a set of forms, and as what an action takes."""

    def __init__(self, edition: Edition, session: Session | None, data: Any = None) -> None:
        listed = session.people.order_by("order", "id") if session else SessionPerson.objects.none()
        present = list(listed.select_related("participation__person__subject"))
        candidates = people.in_edition(edition).filter(
            Q(state=Participation.State.EXPECTED)
            | Q(pk__in=[part.participation_id for part in present])
        )
        self.forms = _PartFormSet(
            data,
            prefix="people",
            initial=[{"person": part.participation, "role": part.role} for part in present],
            form_kwargs={"candidates": Candidates(candidates)},
        )

    def is_valid(self) -> bool:
        return bool(self.forms.is_valid())

    def chosen(self) -> list[tuple[Participation, str]]:
        """Who has which part, in the order of the page."""
        return [
            (data["person"], data["role"])
            for data in (form.cleaned_data for form in self.forms)
            if data.get("person")
        ]


class GivePlaceForm(forms.Form):
    """Choose somebody for a place in a session with sign-up."""

    person = PersonField(label=gettext_lazy("Person"))

    def __init__(self, *args: Any, candidates: QuerySet[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(Candidates(candidates))


class SignUpFilters(forms.Form):
    """Which sign-ups a list shows."""

    q = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=100)

    @property
    def words(self) -> str:
        return self.cleaned_data.get("q", "") if self.is_valid() else ""


class SessionFilters(forms.Form):
    """Which sessions a list shows."""

    day = forms.ChoiceField(label=gettext_lazy("Day"), required=False)
    module = forms.ChoiceField(label=gettext_lazy("Module"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    room = forms.ChoiceField(label=gettext_lazy("Room"), required=False)
    person = forms.ChoiceField(label=gettext_lazy("Person"), required=False)

    def __init__(
        self,
        *args: Any,
        edition: Edition,
        rooms: list[Room],
        participations: list[Participation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        anything = [("", gettext_lazy("all"))]
        modules = list(edition.modules.all())
        texts.prefetch(modules)
        self.fields["day"].choices = [
            *anything,
            ("none", gettext_lazy("not placed")),
            *((day.isoformat(), locales.calendar_date(day, "day")) for day in edition.days),
        ]
        self.fields["module"].choices = anything + [
            (module.key, f"{module.number} {module.wording('title')}") for module in modules
        ]
        self.fields["kind"].choices = anything + list(Session.Kind.choices)
        self.fields["room"].choices = anything + [
            (room.key, str(room.wording("name"))) for room in rooms
        ]
        self.fields["person"].choices = anything + [
            (participation.key, str(participation.person)) for participation in participations
        ]
