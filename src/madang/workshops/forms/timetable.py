"""Forms of the timetable editor."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core import locales
from madang.workshops.actions.placing import Place
from madang.workshops.models import Edition, Room, Session
from madang.workshops.programme.timetabling import Hours


class TimeInput(forms.TimeInput):
    """The browser's own field for a time, in steps of five minutes."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(attrs={"step": 300}, format="%H:%M")


class PlaceForm(forms.Form):
    """Where a session stands: day, start, room and length. Without a day it waits to be placed."""

    day = forms.ChoiceField(label=gettext_lazy("Day"), required=False)
    start = forms.TimeField(label=gettext_lazy("Start"), required=False, widget=TimeInput)
    minutes = forms.IntegerField(
        label=gettext_lazy("Length in minutes"), min_value=5, max_value=24 * 60
    )
    room = forms.ModelChoiceField(
        Room.objects.none(),
        label=gettext_lazy("Room"),
        required=False,
        empty_label=gettext_lazy("No room"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, edition: Edition, session: Session) -> None:
        local = session.starts_at.astimezone(edition.zone) if session.starts_at else None
        super().__init__(
            data,
            initial={
                "day": local.date().isoformat() if local else "",
                "start": local.time() if local else None,
                "minutes": session.minutes,
                "room": session.room_id,
                "version": session.version,
            },
        )
        self.edition = edition
        days = {*edition.days, *([local.date()] if local else [])}
        self.fields["day"].choices = [
            ("", _("not placed")),
            *((day.isoformat(), locales.calendar_date(day, "full")) for day in sorted(days)),
        ]
        self.fields["room"].queryset = Room.objects.filter(site__edition=edition)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("day") and not cleaned.get("start") and "start" not in self.errors:
            self.add_error("start", _("Say when it starts on that day."))
        return cleaned

    def place(self) -> Place:
        """What was typed, as a place in the timetable."""
        day, start = self.cleaned_data["day"], self.cleaned_data["start"]
        room = self.cleaned_data["room"]
        return Place(
            self.edition.moment(datetime.fromisoformat(day).date(), start) if day else None,
            room.id if room else None,
            self.cleaned_data["minutes"],
        )


class SuggestionForm(forms.Form):
    """What a suggested timetable has to keep to."""

    keep_placed = forms.TypedChoiceField(
        label=gettext_lazy("What may move"),
        choices=(
            ("yes", gettext_lazy("only sessions that wait to be placed")),
            ("no", gettext_lazy("everything but breaks and what happens outside the hours")),
        ),
        widget=forms.RadioSelect,
        coerce=lambda choice: choice == "yes",
        initial="yes",
    )
    opens = forms.TimeField(
        label=gettext_lazy("The day begins"), widget=TimeInput, initial=Hours.opens
    )
    lunch_from = forms.TimeField(
        label=gettext_lazy("Lunch from"), widget=TimeInput, initial=Hours.lunch_from
    )
    lunch_to = forms.TimeField(
        label=gettext_lazy("Lunch until"), widget=TimeInput, initial=Hours.lunch_to
    )
    closes = forms.TimeField(
        label=gettext_lazy("The day ends"), widget=TimeInput, initial=Hours.closes
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        order = [cleaned.get(name) for name in ("opens", "lunch_from", "lunch_to", "closes")]
        if None not in order and not order[0] < order[1] < order[2] < order[3]:
            raise forms.ValidationError(
                _("Lunch lies between the beginning and the end of the day.")
            )
        return cleaned

    def hours(self) -> Hours:
        """The hours that were typed."""
        return Hours(
            opens=self.cleaned_data["opens"],
            closes=self.cleaned_data["closes"],
            lunch_from=self.cleaned_data["lunch_from"],
            lunch_to=self.cleaned_data["lunch_to"],
        )
