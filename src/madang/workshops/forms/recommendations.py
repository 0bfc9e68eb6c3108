"""Forms of recommendations and of the answers to them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from madang.core import citations, transitions
from madang.core.links import Reference
from madang.core.policies import Who
from madang.core.record_forms import RecordForm
from madang.workshops.forms import fields
from madang.workshops.models import Edition, Recommendation, RecommendationAnswer

# Under this purpose apps register what a recommendation can be drawn from.
SOURCE = "recommendation"


class RecommendationForm(RecordForm):
    """A recommendation, and what it was drawn from."""

    cites = forms.MultipleChoiceField(
        label=gettext_lazy("Drawn from"), required=False, widget=forms.CheckboxSelectMultiple
    )
    observation = forms.CharField(
        label=gettext_lazy("Own observation"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("What you saw or heard yourself; the public reads it, too."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Written in"), choices=fields.language_choices)

    class Meta:
        model = Recommendation
        fields = ("text", "cites", "observation", "language")

    def __init__(self, *args: Any, edition: Edition, who: Who, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = citations.choices(SOURCE, edition.pk, who)
        self.fields["cites"].choices = [(group.kind, group.choices) for group in groups]
        if not groups:
            del self.fields["cites"]
        if not self.instance._state.adding:
            self.initial |= self._sources(self.instance)

    def sources(self) -> list[Reference | str]:
        """What it was drawn from, for an action."""
        note = self.cleaned_data.get("observation", "").strip()
        cited = citations.chosen(SOURCE, self.cleaned_data.get("cites", ()))
        return [*cited, *([note] if note else [])]

    def stored_values(self, stored: Any) -> dict[str, Any]:
        return super().stored_values(stored) | {
            name: value for name, value in self._sources(stored).items() if name in self.fields
        }

    def _sources(self, stored: Any) -> dict[str, Any]:
        rows = list(stored.sources.all())
        return {
            "cites": [
                citations.as_key(Reference(it.thing_model, it.thing_id))
                for it in rows
                if it.thing_id is not None
            ],
            "observation": next((it.note for it in rows if it.note), ""),
        }


class DecisionForm(forms.Form):
    """Whether the next edition is asked to answer a recommendation."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=(
            ("accept", gettext_lazy("accept it: the next edition answers it")),
            ("turn_down", gettext_lazy("decline it, with a reason")),
        ),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why not"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only where you decline it. The public reads it."),
    )


class TickForm(RecordForm):
    """How one can see that a recommendation was followed."""

    evidence_url = fields.web_address(label=gettext_lazy("Address of the evidence"))
    upload = forms.FileField(
        label=gettext_lazy("A file that shows it"),
        required=False,
        help_text=gettext_lazy("The public can read it."),
    )

    class Meta:
        model = RecommendationAnswer
        fields = ("evidence", "evidence_url")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].required = True


class _Sessions(forms.ModelMultipleChoiceField):
    iterator = fields.Worded

    def label_from_instance(self, session: Any) -> str:
        return str(session.wording("title"))


# A tick, and taking it back, have pages of their own.
_DECISIONS = ("answer", "decline", "reopen")


class AnswerForm(RecordForm):
    """How an edition answers a recommendation, in words, by sessions, and with a decision."""

    sessions = _Sessions(
        None,
        required=False,
        label=gettext_lazy("Sessions that answer it"),
        widget=forms.CheckboxSelectMultiple,
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"), required=False, widget=forms.RadioSelect
    )

    class Meta:
        model = RecommendationAnswer
        fields = ("text", "sessions", "decision")

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sessions"].queryset = edition.sessions.all()
        present = self.instance.get_state_display()
        # What the text lacks is said when the form is sent: it may be typed in the same go.
        possible = [
            (transition.name, transition.label)
            for transition in transitions.declared(RecommendationAnswer)
            if self.instance.state in transition.sources and transition.name in _DECISIONS
        ]
        self.fields["decision"].choices = [
            ("", gettext_lazy("leave it: %(state)s") % {"state": present}),
            *possible,
        ]
