"""What several forms of this app share."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from madang.workshops.models import Participation
from madang.workshops.queries import people

# Letters in a line; encrypted columns have no limit of their own.
LONGEST = 200

Choices = list[tuple[str, str]]


def one_line(form: forms.BaseForm, *names: str) -> None:
    """Show personal fields, which are texts of any length, as single lines."""
    for name in names:
        form.fields[name].widget = forms.TextInput(attrs={"maxlength": LONGEST})
        form.fields[name].validators.append(MaxLengthValidator(LONGEST))


def anything(choices: Any) -> Choices:
    """Choices of a filter, with none of them first."""
    return [("", _("all")), *choices]


class _ByName(ModelChoiceIterator):
    """People sorted as they are looked up; names are encrypted, so the database can't sort them."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for one in people.by_name(self.queryset):
            yield (self.field.prepare_value(one), self.field.label_from_instance(one))


class PersonField(forms.ModelChoiceField):
    """Somebody in an edition."""

    iterator = _ByName

    def label_from_instance(self, participation: Participation) -> str:
        return str(participation.person)
