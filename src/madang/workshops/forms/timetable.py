"""Forms of the timetable editor."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core import locales
from madang.workshops.actions.placing import Place
from madang.workshops.forms import fields
from madang.workshops.models import Edition, Room, Session
from madang.workshops.programme.sentences import moment
from madang.workshops.programme.timetabling import Hours
from madang.workshops.queries.sessions import outside_the_week


class PlaceForm(forms.Form):
    """Where a session stands: day, start, room and length. Without a day it waits to be placed.

    The view catches `StaleRecordError` by `show_conflict`, as for a `RecordForm`.
    """

    day = forms.ChoiceField(label=gettext_lazy("Day"), required=False)
    start = forms.TimeField(label=gettext_lazy("Start"), required=False, widget=fields.time_input())
    minutes = forms.IntegerField(
        label=gettext_lazy("Length in minutes"), min_value=5, max_value=24 * 60
    )
    room = fields.WordedChoiceField(
        None,
        named_by="name",
        label=gettext_lazy("Room"),
        required=False,
        empty_label=gettext_lazy("No room"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    # Whether `show_conflict` was called.
    conflicted = False

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
        self.session = session
        around = outside_the_week(edition).values_list("starts_at", flat=True)
        days = {*edition.days, *(at.astimezone(edition.zone).date() for at in around)}
        if local is not None:
            days.add(local.date())
        self.fields["day"].choices = [
            ("", _("not placed")),
            *((day.isoformat(), locales.calendar_date(day, "full")) for day in sorted(days)),
        ]
        self.fields["room"].queryset = Room.objects.filter(site__edition=edition)

    def show_conflict(self) -> None:
        """Say where somebody else put the session; what was typed stays, to be saved once more."""
        self.conflicted = True
        self.session.refresh_from_db()
        self.data = self.data.copy()
        self.data["version"] = str(self.session.version)
        start = self.session.starts_at
        where = moment(start.astimezone(self.edition.zone)) if start else _("not placed")
        self.add_error(
            None,
            _(
                "Somebody else changed this session in the meantime. It now stands at: %(where)s. "
                "Place it again to replace that."
            )
            % {"where": where},
        )

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
            self.edition.moment(date.fromisoformat(day), start) if day else None,
            room.id if room else None,
            self.cleaned_data["minutes"],
        )


class SuggestionForm(forms.Form):
    """What a suggested timetable has to keep to."""

    keep_placed = forms.TypedChoiceField(
        label=gettext_lazy("What may move"),
        choices=(
            ("yes", gettext_lazy("only sessions that wait to be placed")),
            ("no", gettext_lazy("everything but ceremonies, receptions, trips and breaks")),
        ),
        widget=forms.RadioSelect,
        coerce=lambda choice: choice == "yes",
        initial="yes",
    )
    opens = forms.TimeField(
        label=gettext_lazy("The day begins"), widget=fields.time_input(), initial=Hours.opens
    )
    lunch_from = forms.TimeField(
        label=gettext_lazy("Lunch from"), widget=fields.time_input(), initial=Hours.lunch_from
    )
    lunch_to = forms.TimeField(
        label=gettext_lazy("Lunch until"), widget=fields.time_input(), initial=Hours.lunch_to
    )
    closes = forms.TimeField(
        label=gettext_lazy("The day ends"), widget=fields.time_input(), initial=Hours.closes
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
