"""A form of one row that notices when somebody else saved it in between."""

from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _


def as_kept(value: Any) -> Any:
    """What was typed as we keep it: a browser ends lines with CR and LF, we end them with LF.

    Otherwise a text that nobody touched would count as changed, and people would be told so.
    """
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


class RecordForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form for a `Record`; it carries the version that the person saw.

    It only reads and checks. The view gives `values()` and `expected_version` to an action, and on
    a `StaleRecordError` calls `show_conflict`, which keeps what was typed.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    # Whether `show_conflict` was called.
    conflicted = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            del self.fields["version"]
        else:
            self.initial["version"] = self.instance.version

    def values(self) -> dict[str, Any]:
        """What was typed, for an action: fields of the row by name."""
        columns = {column.name for column in self._meta.model._meta.get_fields()}
        return {
            name: as_kept(value)
            for name, value in self.cleaned_data.items()
            if name in columns and name != "version"
        }

    @property
    def expected_version(self) -> int:
        """The version of the row that the person saw."""
        return int(self.cleaned_data["version"])

    def stored_values(self, stored: Any) -> dict[str, Any]:
        """What the fields would show of a row as it is stored."""
        return model_to_dict(stored)

    def shown(self, stored: Any, name: str) -> str:
        """One stored value in words."""
        display = getattr(stored, f"get_{name}_display", None)
        value = display() if display else self.stored_values(stored)[name]
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField) and value:
            value = field.label_from_instance(getattr(stored, name))
        elif isinstance(field, forms.BooleanField):
            value = _("yes") if value else _("no")
        return str(value) if value not in {None, ""} else "—"

    def show_conflict(self) -> None:
        """Say that somebody else saved, and beside each field what stands there now.

        What was typed stays; saving once more replaces what the other person wrote.
        """
        self.conflicted = True
        stored = type(self.instance)._default_manager.get(pk=self.instance.pk)
        typed: Any = self.data
        self.data = data = typed.copy()
        data[self.add_prefix("version")] = str(stored.version)
        self.add_error(
            None,
            _(
                "Somebody else saved this while you were writing, and nothing of yours is saved "
                "yet. What they wrote stands beside each field that differs. Save again to replace "
                "it with what you typed."
            ),
        )
        initial = self.stored_values(stored)
        for name in self.fields:
            value = as_kept(self[name].data)
            if name in initial and self.fields[name].has_changed(initial[name], value):
                self.add_error(
                    name, _("It now says: %(value)s") % {"value": self.shown(stored, name)}
                )
