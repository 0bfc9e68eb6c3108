"""Rows of quotas: of whom, at least and at most. Calls and scenarios edit theirs with these."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from madang.nominations.attributes import Attribute, QuotaValues
from madang.nominations.models import Quota


class HasBounds(Protocol):
    """A quota as it is kept, of a call or of a scenario."""

    attribute: str
    value: str
    minimum: int
    maximum: int | None


def kinds(attributes: Mapping[str, Attribute]) -> list[tuple[str, Any]]:
    """Every kind of nominee that a quota can count, grouped by attribute, for a select."""
    groups: list[tuple[str, Any]] = [("", "—")]
    for attribute in attributes.values():
        each = gettext("%(attribute)s: each") % {"attribute": attribute.label}
        options = [(f"{attribute.name}={Quota.EACH}", each)]
        options += [
            (f"{attribute.name}={value}", label) for value, label in attribute.values.items()
        ]
        groups.append((str(attribute.label), options))
    return groups


class QuotaForm(forms.Form):
    """One quota: of whom, at least and at most."""

    kind = forms.ChoiceField(label=_("Of whom"), required=False)
    least = forms.IntegerField(label=_("At least"), min_value=0, max_value=10_000, required=False)
    most = forms.IntegerField(label=_("At most"), min_value=0, max_value=10_000, required=False)

    def __init__(self, *args: Any, choices: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(choices)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        least, most = given.get("least"), given.get("most")
        if given.get("kind") and least is None and most is None:
            self.add_error("least", gettext("Say how many at least, or at most."))
        if least is not None and most is not None and most < least:
            self.add_error("most", gettext("This can't be less than “at least”."))
        return given

    def values(self) -> QuotaValues | None:
        """The quota, or None where the row is empty."""
        kind = self.cleaned_data.get("kind")
        if not kind:
            return None
        attribute, value = kind.split("=", 1)
        return attribute, value, self.cleaned_data.get("least") or 0, self.cleaned_data.get("most")


QuotaFormSet = forms.formset_factory(QuotaForm, extra=1, max_num=200, absolute_max=250)


def quota_forms(
    quotas: Iterable[HasBounds], attributes: Mapping[str, Attribute], data: Any = None
) -> Any:
    """The rows of the quotas that are kept, and one more that is empty."""
    choices = kinds(attributes)
    known = {key for _label, options in choices[1:] for key, _words in options}
    initial = []
    for quota in quotas:
        key = f"{quota.attribute}={quota.value}"
        if key not in known:
            # A question that was removed, a country that nobody came from: it still counts.
            choices.append((key, f"{quota.attribute}: {quota.value}"))
            known.add(key)
        initial.append({"kind": key, "least": quota.minimum or None, "most": quota.maximum})
    return QuotaFormSet(data, prefix="quota", initial=initial, form_kwargs={"choices": choices})


def quota_values(formset: Any) -> list[QuotaValues]:
    """The quotas of a valid set of rows; an emptied row is gone."""
    rows = [form.values() for form in formset]
    return [row for row in rows if row is not None]
