"""Forms of rules, signatures, exceptions, names and revocations."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from madang.certificates.models import CertificateRule, Scheme
from madang.core.record_forms import RecordForm
from madang.workshops.forms.fields import language_choices, language_name


class SchemeForm(RecordForm):
    """Who issues and signs."""

    language = forms.ChoiceField(label=_("Written in"), choices=language_choices)
    prefix = forms.CharField(
        label=_("Prefix of the numbers"),
        max_length=30,
        help_text=_("Such as INC/2007/CERT: certificates are then INC/2007/CERT/001 and so on."),
        validators=[
            RegexValidator(
                r"\A[A-Za-z0-9]+(?:[/.-][A-Za-z0-9]+)*\Z",
                _("Latin letters and digits, with / . or - between them."),
            )
        ],
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    signature = forms.FileField(
        label=_("Signature of the first (PNG or JPEG)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text=_("It is printed on certificates that a director approved, and nowhere else."),
    )
    without_signature = forms.BooleanField(label=_("Take the signature away"), required=False)

    class Meta:
        model = Scheme
        fields = (
            "language", "issuer", "signatory", "signatory_position", "second_signatory",
            "second_position", "prefix",
        )  # fmt: skip

    def __init__(self, *args: Any, has_signature: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_signature:
            del self.fields["without_signature"]


class RuleForm(RecordForm):
    """What a kind of certificate takes, and its words."""

    language = forms.ChoiceField(label=_("Written in"), choices=language_choices)

    class Meta:
        model = CertificateRule
        fields = (
            "share", "needs_pre_test", "needs_post_test", "needs_evaluation",
            "language", "title", "opening", "body", "criteria",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["share"].help_text = _(
            "Of the sessions that were held, in minutes. 0: attendance does not count."
        )
        self.fields["body"].widget.attrs["rows"] = 4
        self.fields["criteria"].widget.attrs["rows"] = 3


class ReasonForm(forms.Form):
    """A reason that is kept with what it is for."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, hint: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = hint


class SpellingForm(forms.Form):
    """How a name is to stand on a certificate."""

    name = forms.CharField(
        label=_("Your name, as you write it"),
        max_length=120,
        help_text=_("In your own script. It is printed large."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
    )
    latin_name = forms.CharField(
        label=_("The same in Latin letters"),
        max_length=120,
        required=False,
        help_text=_("As in your passport. It is printed below, if your own script is another."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    language = forms.ChoiceField(label=_("Language of the certificate"))

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, language_name(code)) for code in languages]
        self.fields["language"].choices = choices

    def _one_line(self, name: str) -> str:
        return " ".join(str(self.cleaned_data[name]).split())

    def clean_name(self) -> str:
        return self._one_line("name")

    def clean_latin_name(self) -> str:
        return self._one_line("latin_name")
