"""Forms of people, accounts, roles and privacy."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from madang.core import clock, links
from madang.core.days import DayField
from madang.core.policies import Who
from madang.people import roles
from madang.people.models import Account, Consent, Person
from madang.people.roles import RoleKind

NAME_LENGTH = 200
TEXT_LENGTH = 4000


def _day_field(label: Any, **options: Any) -> DayField:
    return DayField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **options)


def beginning(day: date | None) -> datetime:
    """When a role that is given from a day on begins: now, where that day is not to come."""
    now = clock.now()
    if day is None or day <= now.date():
        return now
    return datetime.combine(day, time(), UTC)


def end(day: date | None) -> datetime | None:
    """When a role that is given until a day (this included) ends."""
    return datetime.combine(day + timedelta(days=1), time(), UTC) if day is not None else None


class ProfileForm(forms.Form):
    """What a person says of themselves."""

    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        help_text=_("As you write it, in any script; one word is enough."),
    )
    latin_name = forms.CharField(
        label=_("Name in Latin letters"),
        max_length=NAME_LENGTH,
        required=False,
        help_text=_("For letters, badges and certificates where your script can't be used."),
    )
    sort_name = forms.CharField(
        label=_("Name to sort by"),
        max_length=NAME_LENGTH,
        required=False,
        help_text=_("Where people look for you in a list, for example “Vakatawa Alisi”."),
    )
    position = forms.CharField(label=_("Position"), max_length=NAME_LENGTH, required=False)
    biography = forms.CharField(
        label=_("Biography"),
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Shown to the participants when you train or speak."),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text=_("With the country's code, for example +679 555 0100."),
    )
    language = forms.ChoiceField(label=_("Language of messages to you"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, person: Person, data: Any = None) -> None:
        names = ("name", "latin_name", "sort_name", "position", "biography", "phone", "language")
        initial = {name: getattr(person, name) for name in names} | {"version": person.version}
        super().__init__(data, initial=initial)
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]
        self.fields["name"].widget.attrs["autocomplete"] = "name"

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ConsentsForm(forms.Form):
    """Each use of personal data that needs an agreement: given, or not."""

    def __init__(self, given: set[str], data: Any = None) -> None:
        super().__init__(data)
        for purpose in Consent.Purpose:
            self.fields[purpose.value] = forms.BooleanField(
                label=str(purpose.label).capitalize(),
                required=False,
                initial=purpose.value in given,
            )


class EraseForm(forms.Form):
    """Confirms an erasure by typing the address again."""

    email = forms.CharField(
        label=_("Your e-mail address"),
        help_text=_("Type it again, so that nothing is erased by mistake."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, account: Account, data: Any = None) -> None:
        super().__init__(data)
        self.account = account

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"].strip().lower()
        if typed != self.account.email:
            raise forms.ValidationError(_("This is not the address of your account."))
        return typed


class AccountFilter(forms.Form):
    """Which accounts to show; lives in the address."""

    q = forms.CharField(label=_("Name or e-mail address"), required=False, max_length=NAME_LENGTH)
    kind = forms.ChoiceField(label=_("Role"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=(("", _("open and closed")), ("open", _("open")), ("closed", _("closed"))),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        kinds = [(kind.name, kind.label) for kind in roles.kinds()]
        self.fields["kind"].choices = [("", _("any or none")), *kinds]  # type: ignore[attr-defined]


class OpenAccountForm(forms.Form):
    """Somebody new, and the address to sign in with."""

    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        help_text=_("As they write it, in any script; one word is enough."),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("They sign in by a code that is sent there."),
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    position = forms.CharField(label=_("Position"), max_length=NAME_LENGTH, required=False)
    language = forms.ChoiceField(label=_("Language of messages"))

    def __init__(self, who: Who, data: Any = None) -> None:
        super().__init__(data)
        countries = [(str(pk), title) for pk, title in links.choices("people.country", who)]
        self.fields["country"].choices = [("", "—"), *countries]  # type: ignore[attr-defined]
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]

    def clean_country(self) -> UUID | None:
        chosen = self.cleaned_data["country"]
        return UUID(chosen) if chosen else None


class AddressForm(forms.Form):
    """The address of an account."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)


class GrantForm(forms.Form):
    """What a role of one kind is for, and how long it holds."""

    scope = forms.ChoiceField(label=_("For"))
    starts_on = _day_field(_("From"), required=False, help_text=_("Left open: from now on."))
    ends_on = _day_field(_("Until"), required=False, help_text=_("Left open: until you end it."))

    def __init__(self, kind: RoleKind, who: Who, data: Any = None) -> None:
        super().__init__(data)
        choices: list[Any] = []
        for model in kind.scope_models:
            if not model:
                choices.append(("everything", _("everything")))
                continue
            things = [(f"{model}:{pk}", title) for pk, title in links.choices(model, who)]
            choices.append((links.kind_of(model), things))
        self.fields["scope"].choices = choices  # type: ignore[attr-defined]

    def clean_scope(self) -> tuple[str, UUID] | None:
        """The model and id of the scope; None for everything."""
        model, _colon, scope_id = self.cleaned_data["scope"].partition(":")
        return (model, UUID(scope_id)) if scope_id else None


class DelegateForm(forms.Form):
    """To whom a role is delegated, and for how long."""

    email = forms.EmailField(
        label=_("To"), max_length=254, help_text=_("The e-mail address of their account.")
    )
    starts_on = _day_field(_("From"))
    ends_on = _day_field(_("Until"), help_text=_("The last day of the delegation."))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"starts_on": clock.now().date()})

    def clean_email(self) -> Account:
        address = self.cleaned_data["email"].lower()
        account = Account.objects.filter(email=address, is_active=True).first()
        if account is None:
            raise forms.ValidationError(_("Nobody has an account with this address."))
        return account
