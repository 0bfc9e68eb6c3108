"""Forms of places in the programme."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from madang.core.record_forms import RecordForm
from madang.papers.models import Presentation
from madang.papers.queries import Row
from madang.workshops.forms.fields import InOrder, WordedChoiceField
from madang.workshops.models import Edition, Session

MOST_MINUTES = 240


class SessionField(WordedChoiceField):
    """A session of the edition that can hold presentations, as they take place."""

    iterator = InOrder
    named_by = "title"


def _sessions(edition: Edition) -> Any:
    planned = edition.sessions.filter(state=Session.State.PLANNED)
    return planned.exclude(kind=Session.Kind.BREAK).order_by("starts_at", "id")


class PlaceForm(forms.Form):
    """Which delegations present in a session, for how long each."""

    session = SessionField(None, label=gettext_lazy("Session"))
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes each"), min_value=1, max_value=MOST_MINUTES, initial=5
    )
    countries = forms.MultipleChoiceField(
        label=gettext_lazy("Delegations"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Those with something accepted, one after the other; the order can be changed later."
        ),
    )

    def __init__(
        self, data: Any, *, edition: Edition, rows: Iterable[Row], session_id: str
    ) -> None:
        super().__init__(data, initial={"session": session_id})
        session: Any = self.fields["session"]
        session.queryset = _sessions(edition)
        countries: Any = self.fields["countries"]
        countries.choices = [(row.country.key, str(row.country.wording("name"))) for row in rows]

    def chosen(self) -> list[UUID]:
        """The countries whose delegations were chosen, in their order."""
        return [UUID(key) for key in self.cleaned_data["countries"]]


class PresentationForm(RecordForm):
    """Another session, place or length for one delegation."""

    session = SessionField(None, label=gettext_lazy("Session"), empty_label=None)

    class Meta:
        model = Presentation
        fields = ("session", "order", "minutes")

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        session: Any = self.fields["session"]
        session.queryset = _sessions(edition)
        for name, most in (("order", 500), ("minutes", MOST_MINUTES)):
            self.fields[name].min_value = 1
            self.fields[name].validators += forms.IntegerField(
                min_value=1, max_value=most
            ).validators
