"""Forms of endorsements."""

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.core.days import DayField
from madang.workshops.forms import fields as shared

LONGEST_LINE = 200
LONGEST_REMARK = 2000


class AskForm(forms.Form):
    """Which superior is to endorse."""

    name = forms.CharField(label=_("Name of the superior"), max_length=LONGEST_LINE)
    email = forms.EmailField(
        label=_("Their e-mail address"),
        max_length=254,
        help_text=_("They get a link and a code there, and see this nomination and nothing else."),
    )


class AnswerForm(forms.Form):
    """What a superior says of a nomination."""

    verdict = forms.ChoiceField(
        label=_("Do you endorse this nomination?"),
        choices=(("yes", _("I endorse it")), ("no", _("I do not endorse it"))),
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Your name and position"), max_length=LONGEST_LINE)
    remark = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    upload = forms.FileField(
        label=_("The signed page"), required=False, help_text=_("A scan or a photograph, or a PDF.")
    )


class RecordEndorsementForm(forms.Form):
    """An endorsement that came on paper."""

    name = forms.CharField(label=_("Name and position of who endorses"), max_length=LONGEST_LINE)
    day = DayField(label=_("Date on the page"), required=False, widget=shared.day_input())
    remark = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    upload = forms.FileField(label=_("The signed page"), required=False)
