"""Forms of hotels, rooms and nights."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core import texts
from madang.core.days import DayField
from madang.core.record_forms import RecordForm
from madang.logistics.forms.parts import Choices, PersonField, anything
from madang.logistics.models import Hotel, HotelRoom, Stay
from madang.logistics.queries import stays, travellers
from madang.workshops.forms import fields
from madang.workshops.models import Edition, Participation

# A list of rooms is typed in one line: `101–120, 201, Garden`.
MOST_ROOMS = 400
_RANGE = re.compile(r"(\d{1,6})\s*[-–]\s*(\d{1,6})")
_LONGEST_LABEL = 40


class HotelForm(RecordForm):
    class Meta:
        model = Hotel
        fields = ("name", "address")

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.edition.hotels.exclude(pk=self.instance.pk).filter(name=name).exists():
            raise ValidationError(_("Another hotel has this name."))
        return name


class RoomsForm(forms.Form):
    """Rooms that are alike, many at once."""

    labels = forms.CharField(
        label=gettext_lazy("Numbers or names"),
        max_length=1000,
        help_text=gettext_lazy(
            "One after the other, such as 201–210, 301. Names do until the hotel gives numbers."
        ),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=HotelRoom.Kind.choices)
    beds = forms.IntegerField(
        label=gettext_lazy("People in each"), min_value=1, max_value=30, initial=2
    )
    is_step_free = forms.BooleanField(
        label=gettext_lazy("can be reached without steps"), required=False
    )

    def clean_labels(self) -> list[str]:
        labels = [
            label
            for part in re.split(r"[,;،\n]+", self.cleaned_data["labels"])
            for label in _labels(part.strip())
        ]
        if len(labels) != len(set(labels)):
            raise ValidationError(_("The same room stands there twice."))
        if len(labels) > MOST_ROOMS:
            raise ValidationError(_("Add at most 400 rooms at once."))
        return labels

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        problem = bed_problem(cleaned.get("kind"), cleaned.get("beds"))
        if problem:
            self.add_error("beds", problem)
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the rooms have in common."""
        return {name: self.cleaned_data[name] for name in ("kind", "beds", "is_step_free")}


def _labels(part: str) -> list[str]:
    span = _RANGE.fullmatch(part)
    if span is None:
        if len(part) > _LONGEST_LABEL:
            raise ValidationError(_("“%(name)s” is too long.") % {"name": part})
        return [part] if part else []
    first, last = int(span[1]), int(span[2])
    if last < first or last - first >= MOST_ROOMS:
        raise ValidationError(_("“%(name)s” is no range of rooms.") % {"name": part})
    return [str(number).zfill(len(span[1])) for number in range(first, last + 1)]


def bed_problem(kind: str | None, beds: int | None) -> str:
    """Why a room of this kind can't be for so many people, or an empty text."""
    if kind == HotelRoom.Kind.SINGLE and beds not in {None, 1}:
        return _("A single room is for one person.")
    if kind in {HotelRoom.Kind.TWIN, HotelRoom.Kind.DOUBLE} and beds not in {None, 1, 2}:
        return _("This kind of room is for two.")
    return ""


class HotelRoomForm(RecordForm):
    class Meta:
        model = HotelRoom
        fields = ("label", "kind", "beds", "is_step_free")

    def clean_label(self) -> str:
        label: str = self.cleaned_data["label"]
        others = self.instance.hotel.rooms.exclude(pk=self.instance.pk)
        if others.filter(label=label).exists():
            raise ValidationError(_("Another room of this hotel is called so."))
        return label

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        problem = bed_problem(cleaned.get("kind"), cleaned.get("beds"))
        if problem:
            self.add_error("beds", problem)
        return cleaned


class _ByHotel(ModelChoiceIterator):
    """Rooms hotel by hotel, the names of these read once however many rooms there are."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        yield ("", self.field.empty_label)
        rooms = list(self.queryset)
        hotels = {room.hotel_id: room.hotel for room in rooms}
        texts.prefetch(hotels.values())
        for room in rooms:
            room.hotel = hotels[room.hotel_id]
        rooms.sort(key=lambda room: (str(room.hotel.wording("name")), stays.in_order(room)))
        for room in rooms:
            yield (self.field.prepare_value(room), self.field.label_from_instance(room))


class HotelRoomField(forms.ModelChoiceField):
    """A room, with its hotel's name."""

    iterator = _ByHotel

    def label_from_instance(self, room: HotelRoom) -> str:
        kind = room.get_kind_display()
        return f"{room.hotel.wording('name')} – {room.label} ({kind}, {room.beds})"


class WishForm(RecordForm):
    """What somebody would like: a room at all, of their own or shared."""

    sharing = forms.ChoiceField(
        label=gettext_lazy("I would like"),
        choices=Stay.Sharing.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Two share a room only when both said that they would."),
    )
    together_with = PersonField(
        Participation.objects.none(),
        label=gettext_lazy("Together with"),
        required=False,
        empty_label=gettext_lazy("nobody"),
        help_text=gettext_lazy("They have to name you, too."),
    )

    class Meta:
        model = Stay
        fields = ("needs_room", "sharing", "together_with")
        labels: ClassVar = {"needs_room": gettext_lazy("I need a room")}

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.participation = participation
        others = travellers.travelling(participation.edition).exclude(pk=participation.pk)
        self.fields["together_with"].queryset = others

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("sharing") != Stay.Sharing.TOGETHER:
            cleaned["together_with"] = None
        elif cleaned.get("together_with") is None and "together_with" not in self.errors:
            self.add_error("together_with", _("Name whom you would like to share a room with."))
        return cleaned


class StayForm(WishForm):
    """The same for an officer, with nights and the room."""

    room = HotelRoomField(
        HotelRoom.objects.none(),
        label=gettext_lazy("Room"),
        required=False,
        empty_label=gettext_lazy("none yet"),
    )
    check_in = DayField(
        label=gettext_lazy("First night"),
        required=False,
        widget=fields.day_input(),
        help_text=gettext_lazy(
            "Left empty: as their journey says, or the night before the first day."
        ),
    )
    check_out = DayField(
        label=gettext_lazy("Day of leaving"), required=False, widget=fields.day_input()
    )

    class Meta(WishForm.Meta):
        fields = ("room", "check_in", "check_out", "needs_room", "sharing", "together_with")

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any) -> None:
        super().__init__(*args, participation=participation, **kwargs)
        rooms = HotelRoom.objects.filter(hotel__edition=participation.edition)
        self.fields["room"].queryset = rooms.select_related("hotel")
        self.fields["needs_room"].label = _("They need a room")
        self.fields["sharing"].label = _("They would like")
        self.fields["together_with"].help_text = _("Both have to name each other.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("check_in"), cleaned.get("check_out")
        if first and last and last <= first:
            self.add_error("check_out", _("The day of leaving is after the first night."))
        return cleaned


class NightFilters(forms.Form):
    """Which people the list of nights shows."""

    q = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=100)
    hotel = forms.ChoiceField(label=gettext_lazy("Hotel"), required=False)
    room = forms.ChoiceField(
        label=gettext_lazy("Room"),
        required=False,
        choices=lambda: anything(
            [("none", gettext_lazy("none yet")), ("given", gettext_lazy("given"))]
        ),
    )
    sharing = forms.ChoiceField(
        label=gettext_lazy("Would like"),
        required=False,
        choices=lambda: anything(Stay.Sharing.choices),
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, choices=lambda: anything(Stay.State.choices)
    )

    def __init__(self, *args: Any, hotels: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hotel"].choices = anything(hotels)


def night_filters(data: Any, edition: Edition) -> NightFilters:
    """The filters of an edition's list (two queries)."""
    return NightFilters(data, hotels=stays.labels(edition))
