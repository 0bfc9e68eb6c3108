"""Forms of materials and of their versions."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from madang.core.record_forms import RecordForm
from madang.workshops.forms import fields
from madang.workshops.models import Edition, Material


class MaterialForm(RecordForm):
    session = fields.WordedChoiceField(
        None,
        required=False,
        named_by="title",
        label=gettext_lazy("Session"),
        empty_label=gettext_lazy("The whole edition"),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("The title is in"), choices=fields.language_choices
    )

    class Meta:
        model = Material
        fields = ("title", "session", "audience", "order", "language", "is_withdrawn")
        help_texts: ClassVar = {
            "order": gettext_lazy("Smaller numbers stand first."),
            "is_withdrawn": gettext_lazy("Nobody but the secretariat is offered it."),
        }

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = edition.sessions.all()


class NewMaterialForm(MaterialForm):
    """A material with its first version."""

    upload = forms.FileField(label=gettext_lazy("File"))

    class Meta(MaterialForm.Meta):
        fields = ("title", "upload", "session", "audience", "order", "language")

    field_order = ("title", "upload")


class VersionForm(forms.Form):
    """A new version of a material."""

    upload = forms.FileField(label=gettext_lazy("File"))
    note = forms.CharField(
        label=gettext_lazy("What is new"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("In a few words, for those who have the version before."),
    )
