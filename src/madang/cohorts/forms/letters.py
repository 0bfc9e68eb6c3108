"""Forms of letterheads, wordings, batches and single letters."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from madang.cohorts.models import Letter, Letterhead, LetterTemplate
from madang.cohorts.queries.letters import RECIPIENTS, STATES
from madang.core.record_forms import RecordForm
from madang.people.models import Account
from madang.workshops.forms.fields import language_choices

_PICTURE = forms.FileInput(attrs={"accept": "image/png,image/jpeg"})


class LetterheadForm(RecordForm):
    """The head and the foot of letters, with a logo and the picture of a signature."""

    language = forms.ChoiceField(label=_("Written in"), choices=language_choices)
    prefix = forms.CharField(
        label=_("Prefix of reference numbers"),
        max_length=30,
        help_text=_("Such as INC/2007: letters are then INC/2007/INV/001 and so on."),
        validators=[
            RegexValidator(
                r"\A[A-Za-z0-9]+(?:[/.-][A-Za-z0-9]+)*\Z",
                _("Latin letters and digits, with / . or - between them."),
            )
        ],
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    contact = forms.EmailField(
        label=_("E-mail address for answers"), max_length=200, required=False
    )
    logo = forms.FileField(
        label=_("Logo (PNG or JPEG)"), required=False, widget=_PICTURE,
        help_text=_("At most 400 kilobytes. It takes the place of the one before."),
    )  # fmt: skip
    without_logo = forms.BooleanField(label=_("Take the logo away"), required=False)
    signature = forms.FileField(
        label=_("Signature (PNG or JPEG)"), required=False, widget=_PICTURE,
        help_text=_("It is printed on letters that a director approved, and on nothing else."),
    )  # fmt: skip
    without_signature = forms.BooleanField(label=_("Take the signature away"), required=False)

    class Meta:
        model = Letterhead
        fields = (
            "language", "sender", "address", "signatory", "signatory_position", "prefix", "contact",
        )  # fmt: skip

    def __init__(self, *args: Any, has: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].widget.attrs["rows"] = 3
        for name in ("logo", "signature"):
            if name not in has:
                del self.fields[f"without_{name}"]

    def without(self) -> tuple[str, ...]:
        """The pictures that are to go."""
        names = ("logo", "signature")
        return tuple(name for name in names if self.cleaned_data.get(f"without_{name}"))


class WordingForm(RecordForm):
    """The text of a kind of letter."""

    language = forms.ChoiceField(label=_("Written in"), choices=language_choices)

    class Meta:
        model = LetterTemplate
        fields = ("language", "subject_line", "body")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].widget.attrs["rows"] = 18


class BatchForm(forms.Form):
    """Whom the letters of a kind go to."""

    recipients = forms.ChoiceField(label=_("To whom"), widget=forms.RadioSelect)
    again = forms.BooleanField(
        label=_("Also to those who have such a letter already"), required=False
    )

    def __init__(self, kind: str, data: Any = None) -> None:
        super().__init__(data)
        choices = list(RECIPIENTS[kind].items())
        self.fields["recipients"].choices = choices
        self.fields["recipients"].initial = choices[0][0]


class RemarkForm(RecordForm):
    """What is special about one letter."""

    language = forms.ChoiceField(label=_("Language"), choices=language_choices)
    remark = forms.CharField(
        label=_("A word for this letter alone"),
        help_text=_("It stands where the wording says {remark}, in the language of the letter."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = Letter
        fields = ("language", "remark")

    def stored_values(self, stored: Any) -> dict[str, Any]:
        """The remark is read from the row itself: it is sealed."""
        return {"language": stored.language, "remark": stored.remark}


class DirectorForm(forms.Form):
    """Who approves."""

    director = forms.ChoiceField(
        label=_("Director"), help_text=_("Whoever prepared the letters can't approve them.")
    )

    def __init__(self, directors: Iterable[Account], data: Any = None) -> None:
        super().__init__(data)
        self.directors = {str(account.pk): account for account in directors}
        choices = [(key, str(account)) for key, account in self.directors.items()]
        self.fields["director"].choices = choices

    @property
    def chosen(self) -> Account:
        """The director that was chosen."""
        return self.directors[self.cleaned_data["director"]]


class LetterFilters(forms.Form):
    """What to show of the letters of a batch; lives in the address."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=lambda: [("", _("any")), *STATES.items()]
    )
