"""Forms of one paper: what its delegation writes and agrees to, what the secretariat decides."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core.days import MomentField
from madang.core.record_forms import RecordForm, as_kept
from madang.papers import delegations
from madang.papers.models import Agreement, Paper
from madang.papers.queries import STATES
from madang.papers.taking import ACCEPTED
from madang.workshops.forms import fields as shared
from madang.workshops.models import Participation

LONGEST_ABSTRACT = 4000
ENGLISH = "en"
ROOM, LIBRARY = Agreement.Purpose.ROOM, Agreement.Purpose.LIBRARY


class LeadField(forms.ModelChoiceField):
    """Somebody of the delegation, by name."""

    def label_from_instance(self, thing: Participation) -> str:
        return str(thing.person)


class PaperForm(RecordForm):
    """What a delegation tells of its paper, with the file, and what its country agrees to."""

    lead = LeadField(
        None,
        label=gettext_lazy("Lead author"),
        required=False,
        empty_label=gettext_lazy("nobody yet"),
    )
    upload = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=gettext_lazy("PDF, DOCX, PPTX, ODT or ODP."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Written in"), choices=shared.language_choices)
    english_title = forms.CharField(
        label=gettext_lazy("The title in English"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Where the paper is in another language."),
    )
    english_abstract = forms.CharField(
        label=gettext_lazy("What it says, in English"),
        required=False,
        max_length=LONGEST_ABSTRACT,
        widget=forms.Textarea(attrs={"rows": 3, "lang": ENGLISH, "dir": "ltr"}),
        help_text=gettext_lazy("A line or two are enough."),
    )
    room = forms.BooleanField(
        label=gettext_lazy("It may be shown in the room, to those who take part."), required=False
    )
    library = forms.BooleanField(
        label=gettext_lazy("It may be read by everybody, and kept in the library."),
        required=False,
        help_text=gettext_lazy(
            "Your country agrees through you; both can be taken back at any time."
        ),
    )

    class Meta:
        model = Paper
        fields = ("lead", "title", "abstract", "language", "licence")
        help_texts: ClassVar = {
            "title": gettext_lazy("In the language of the paper."),
            "abstract": gettext_lazy("In a few sentences, in the language of the paper."),
        }

    field_order = (
        "upload", "title", "lead", "abstract", "language", "english_title", "english_abstract",
        "licence", "room", "library",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paper = self.instance
        lead: Any = self.fields["lead"]
        members = delegations.members(paper.edition).filter(country=paper.country_id)
        lead.queryset = members.select_related("person__subject")
        self.fields["abstract"].widget = forms.Textarea(attrs={"rows": 5})
        self.fields["abstract"].max_length = LONGEST_ABSTRACT
        allowed = paper.kind.languages
        if allowed:
            language: Any = self.fields["language"]
            language.choices = [it for it in shared.language_choices() if it[0] in allowed]
        self.initial |= self._extra(paper)

    def english(self) -> dict[str, str]:
        """Title and abstract in English, by field."""
        return {
            "title": as_kept(self.cleaned_data["english_title"]),
            "abstract": as_kept(self.cleaned_data["english_abstract"]),
        }

    def agreed(self) -> list[str]:
        """What the country agrees to."""
        return [str(name) for name in (ROOM, LIBRARY) if self.cleaned_data[str(name)]]

    def stored_values(self, stored: Any) -> dict[str, Any]:
        return super().stored_values(stored) | self._extra(stored)

    @staticmethod
    def _extra(paper: Paper) -> dict[str, Any]:
        stored = paper.translations_of
        return {
            "english_title": stored("title").get(ENGLISH, ""),
            "english_abstract": stored("abstract").get(ENGLISH, ""),
            "room": paper.in_room,
            "library": paper.in_library,
        }


class AgreementForm(forms.Form):
    """What a country agrees to, apart from everything else: at any time."""

    room = PaperForm.base_fields["room"]
    library = PaperForm.base_fields["library"]

    def agreed(self) -> list[str]:
        return [str(name) for name in (ROOM, LIBRARY) if self.cleaned_data[str(name)]]


class VersionedForm(forms.Form):
    """A decision on a paper as the officer saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @property
    def expected_version(self) -> int:
        return int(self.cleaned_data["version"])

    def show_conflict(self) -> None:
        self.add_error(
            None, _("The delegation, or a colleague, changed it meanwhile: go back and look again.")
        )


class AcceptForm(VersionedForm):
    text = forms.CharField(
        label=gettext_lazy("A word to the delegation"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("They are told by mail that it is accepted, with these words."),
    )


class SendBackForm(VersionedForm):
    text = forms.CharField(
        label=gettext_lazy("What has to change"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("The delegation reads this, by mail and on the paper's page."),
    )


class ExcuseForm(VersionedForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("For the secretariat; it goes thirty days after the workshop."),
    )


class ExtendForm(VersionedForm):
    until = MomentField(
        label=gettext_lazy("New deadline"),
        widget=shared.moment_input(),
        help_text=gettext_lazy("On the clock of the workshop's place."),
    )
    note = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("For the secretariat; it goes thirty days after the workshop."),
    )


class BoardFilters(forms.Form):
    """Which delegations the board shows; lives in the address."""

    q = forms.CharField(label=gettext_lazy("Country"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=gettext_lazy("How it stands"),
        required=False,
        choices=[
            ("", gettext_lazy("all")),
            ("owed", gettext_lazy("something is owed")),
            *STATES.items(),
        ],
    )
    kind = forms.ChoiceField(label=gettext_lazy("Of what"), required=False)

    def __init__(self, data: Any, kinds: Any) -> None:
        super().__init__(data)
        named = [(kind.code, str(kind.wording("title"))) for kind in kinds]
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("everything")), *named]
