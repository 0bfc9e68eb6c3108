"""Forms of diet, access and emergency contacts."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.core import locales
from madang.core.record_forms import RecordForm
from madang.logistics.forms.parts import anything, one_line
from madang.logistics.models import Access, Diet, EmergencyContact, Needs
from madang.logistics.models.needs import as_text, codes_in

_CODED = {"diet": Diet, "access": Access}


class NeedsForm(RecordForm):
    """What somebody eats and needs: codes that can be counted, and words for what is beside."""

    diet = forms.MultipleChoiceField(
        label=_("What I eat"),
        required=False,
        choices=Diet.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The kitchen gets numbers, not names."),
    )
    access = forms.MultipleChoiceField(
        label=_("What I need to move, hear and see"),
        required=False,
        choices=Access.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Needs
        fields = ("diet", "diet_note", "access", "access_note", "medical", "tells_hotel")
        labels: ClassVar = {
            "diet_note": _("More about what I eat"),
            "access_note": _("More about what I need"),
            "medical": _("What a doctor should know"),
            "tells_hotel": _("The hotel and the host city may know this with my name"),
        }
        help_texts: ClassVar = {
            "medical": _(
                "Allergies, medicines, illnesses: only for the officer on duty and a doctor."
            ),
            "tells_hotel": _("Diet and access only. Otherwise they get numbers."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one_line(self, "diet_note", "access_note")
        self.fields["medical"].widget = forms.Textarea(attrs={"rows": 3})
        for name in _CODED:
            if name in self.initial:
                self.initial[name] = codes_in(self.initial[name])

    def clean_diet(self) -> str:
        return as_text(self.cleaned_data["diet"])

    def clean_access(self) -> str:
        return as_text(self.cleaned_data["access"])

    def stored_values(self, stored: Needs) -> dict[str, Any]:
        values = super().stored_values(stored)
        return values | {name: codes_in(values[name]) for name in _CODED}

    def shown(self, stored: Needs, name: str) -> str:
        if name not in _CODED:
            return super().shown(stored, name)
        codes = codes_in(getattr(stored, name))
        return locales.listed(_CODED[name](code).label for code in codes) or "—"


class ContactForm(RecordForm):
    """Whom to call."""

    class Meta:
        model = EmergencyContact
        fields = ("name", "relation", "phone", "languages")
        widgets: ClassVar = {"phone": forms.TextInput(attrs={"type": "tel"})}
        help_texts: ClassVar = {"phone": _("With the code of the country, such as +679 330 0000.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one_line(self, "name", "relation", "phone", "languages")
        self.fields["phone"].widget.input_type = "tel"
        self.fields["name"].required = self.fields["phone"].required = True


class NeedsFilters(forms.Form):
    """Which people the list of needs shows."""

    diet = forms.ChoiceField(
        label=_("Diet"), required=False, choices=lambda: anything(Diet.choices)
    )
    access = forms.ChoiceField(
        label=_("Access"), required=False, choices=lambda: anything(Access.choices)
    )
