"""The living style page: every component, in every state, direction and theme."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.paginator import Page as Rows
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from madang.core.languages import direction
from madang.site.views import style_samples as samples

MANY = 1000
PAGE = 50
ICONS = (
    "calendar",
    "clock",
    "place",
    "person",
    "people",
    "download",
    "upload",
    "file",
    "print",
    "link",
    "search",
    "filter",
    "edit",
    "add",
    "delete",
    "check",
    "cross",
    "warning",
    "info",
    "mail",
    "bell",
    "lock",
    "globe",
    "history",
    "forward",
    "back",
    "sign-out",
    "bus",
    "meal",
    "document",
)


class SpecimenForm(forms.Form):
    """A field of each kind."""

    name = forms.CharField(
        label=_("Name"), help_text=_("As you write it yourself, in any script."), max_length=60
    )
    mail = forms.EmailField(label=_("E-mail"))
    about = forms.CharField(label=_("About you"), widget=forms.Textarea, required=False)
    arrival = forms.DateField(
        label=_("Arrival"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        choices=[("gov", _("Government")), ("aca", _("Academia")), ("civ", _("Civil society"))],
    )
    diet = forms.ChoiceField(
        label=_("Diet"),
        widget=forms.RadioSelect,
        choices=[("any", _("Anything")), ("halal", _("Halal")), ("veg", _("Vegetarian"))],
        help_text=_("Used for meals only."),
    )
    days = forms.MultipleChoiceField(
        label=_("Days"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("mon", _("Monday")), ("tue", _("Tuesday"))],
        required=False,
    )
    paper = forms.FileField(label=_("Country paper"), required=False)
    agree = forms.BooleanField(label=_("I have read how my data are used"))


class SpecimenFilters(forms.Form):
    """Filters as they stand over a list."""

    search = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=[("", _("All")), ("TH", _("Thailand"))]
    )


@dataclass(frozen=True)
class Frame:
    """One view of all components: a language, a theme and a sample of words."""

    name: str
    title: str | Promise
    language: str
    theme: str
    sample: samples.Sample

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def empty_form(self) -> SpecimenForm:
        return SpecimenForm(auto_id=f"{self.name}_%s")

    @property
    def wrong_form(self) -> SpecimenForm:
        typed = {"name": self.sample.title, "mail": "someone", "diet": "meat"}
        return SpecimenForm(typed, auto_id=f"{self.name}_wrong_%s")

    @property
    def filters(self) -> SpecimenFilters:
        return SpecimenFilters({"country": "TH"}, auto_id=f"{self.name}_filter_%s")

    @property
    def days(self) -> list[date]:
        return [date(2007, 10, day) for day in range(8, 13)]

    @property
    def rows(self) -> "Rows[int]":
        return Paginator(range(MANY), PAGE).page(4)


FRAMES = (
    Frame("ltr-light", _("Left to right, light"), "en", "light", samples.ENGLISH),
    Frame("ltr-dark", _("Left to right, dark"), "en", "dark", samples.ENGLISH),
    Frame("rtl-light", _("Right to left, light"), "fa", "light", samples.PERSIAN),
    Frame("rtl-dark", _("Right to left, dark"), "fa", "dark", samples.PERSIAN),
    Frame("longest", _("Longest words and tallest script"), "en", "light", samples.LONGEST),
)


@require_safe
def style_page(request: HttpRequest) -> HttpResponse:
    """All frames, or the one that `?frame=` names."""
    asked = request.GET.get("frame")
    frames = [frame for frame in FRAMES if asked in {None, frame.name}] or list(FRAMES)
    context = {"frames": frames, "all_frames": FRAMES, "asked": asked, "icons": ICONS}
    with timezone.override(samples.ZONE):
        return render(request, "style/page.html", context)
