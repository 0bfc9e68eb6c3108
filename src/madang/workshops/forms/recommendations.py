"""Forms of recommendations and of the answers to them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from madang.core import transitions
from madang.core.record_forms import RecordForm
from madang.workshops.forms import fields
from madang.workshops.models import Edition, Recommendation, RecommendationAnswer


class RecommendationForm(RecordForm):
    language = forms.ChoiceField(label=gettext_lazy("Written in"), choices=fields.language_choices)

    class Meta:
        model = Recommendation
        fields = ("text", "language")


class _Sessions(forms.ModelMultipleChoiceField):
    iterator = fields.Worded

    def label_from_instance(self, session: Any) -> str:
        return str(session.wording("title"))


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
            if self.instance.state in transition.sources
        ]
        self.fields["decision"].choices = [
            ("", gettext_lazy("leave it: %(state)s") % {"state": present}),
            *possible,
        ]
