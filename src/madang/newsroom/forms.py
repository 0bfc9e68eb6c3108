"""Forms of the newsroom."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core.record_forms import RecordForm
from madang.newsroom.models import Release
from madang.people.models import Account
from madang.workshops import rules as workshop_rules
from madang.workshops.forms import fields
from madang.workshops.models import Edition


class ReleaseForm(RecordForm):
    """A release in its source language."""

    edition = fields.WordedChoiceField(
        None,
        required=False,
        named_by="title",
        label=gettext_lazy("Edition"),
        empty_label=gettext_lazy("none: it is about the organisation"),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("It is written in"), choices=fields.language_choices
    )

    class Meta:
        model = Release
        fields = ("kind", "number", "title", "lead", "body", "edition", "language")
        help_texts: ClassVar = {
            "number": gettext_lazy("As it is filed, such as N/51/2007. May stay empty."),
            "body": gettext_lazy("Markdown: **bold**, lists, [words](https://…) for links."),
        }

    def __init__(self, *args: Any, who: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        editions = workshop_rules.plan_edition.visible(who, Edition.objects.all())
        self.fields["edition"].queryset = editions
        # An officer of one edition writes for that edition only.
        self.fields["edition"].required = not workshop_rules.plan_series.can(who, None)

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"].strip()
        others = Release.objects.exclude(pk=self.instance.pk)
        if number and others.filter(number=number).exists():
            raise forms.ValidationError(_("Another release has this number already."))
        return number


class AttachmentForm(forms.Form):
    upload = forms.FileField(label=gettext_lazy("File"))


class PutUpForm(forms.Form):
    """To whom it goes for approval."""

    director = forms.UUIDField(label=gettext_lazy("Director"), widget=forms.Select)

    def __init__(self, *args: Any, directors: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.directors = {director.pk: director for director in directors}
        self.fields["director"].widget.choices = [
            (str(key), director.person.name) for key, director in self.directors.items()
        ]

    def clean_director(self) -> Account:
        try:
            return self.directors[self.cleaned_data["director"]]
        except KeyError:
            raise forms.ValidationError(_("Choose one of the directors in the list.")) from None
