"""Forms of the newsroom."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from madang.newsroom.models import Release
from madang.people.models import Account
from madang.workshops import rules as workshop_rules
from madang.workshops.forms import fields
from madang.workshops.forms.base import RecordForm
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
        self.fields["edition"].required = not workshop_rules.plan_everywhere(who)


class AttachmentForm(forms.Form):
    upload = forms.FileField(label=gettext_lazy("File"))


class DirectorChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Account) -> str:
        return obj.person.name


class PutUpForm(forms.Form):
    """To whom it goes for approval."""

    director = DirectorChoiceField(
        Account.objects.none(), label=gettext_lazy("Director"), empty_label=None
    )

    def __init__(self, *args: Any, directors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["director"].queryset = directors
