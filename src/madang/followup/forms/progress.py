"""Forms of what became of a plan, of who may see it, and of what a supervisor answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core.record_forms import as_kept
from madang.followup.models import Action, Progress, Release, Report
from madang.followup.queries.releasable import Item

LONGEST = 2000


def _text(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReportForm(forms.Form):
    """What became of one action."""

    use_required_attribute = False

    status = forms.ChoiceField(
        label=gettext_lazy("How does it stand?"),
        choices=Report.Status.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    evidence = _text(gettext_lazy("How can one see it?"))
    upload = forms.FileField(
        label=gettext_lazy("A file that shows it"),
        required=False,
        help_text=gettext_lazy("Only you see it."),
    )
    helped = _text(gettext_lazy("What helped?"))
    hindered = _text(gettext_lazy("What stood in the way?"))

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"a{action.number}", **kwargs)
        self.action = action


class ProgressForm(forms.Form):
    """The whole answer, with the version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    is_multipart = True  # type: ignore[assignment]

    def __init__(self, data: Any = None, files: Any = None, *, progress: Progress) -> None:
        super().__init__(data, initial={"version": progress.version})
        told = {it.action_id: it for it in progress.reports.all()}
        self.reports = [
            ReportForm(data, files, action=action, initial=_initial(told.get(action.pk)))
            for action in progress.plan.actions.all()
        ]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(report.is_valid() for report in self.reports)])

    @property
    def expected_version(self) -> int:
        """The version that the person saw; 0, which is none, where it was tampered with."""
        return int(self.cleaned_data.get("version", 0))

    def rows(self) -> dict[Action, dict[str, Any]]:
        """What was said that is right, by action."""
        return {
            report.action: {name: as_kept(it) for name, it in report.cleaned_data.items()}
            for report in self.reports
        }

    def add_error(self, field: str | None, error: Any) -> None:
        """What stands against a file is said above: the action names no place."""
        super().add_error(field if field in self.fields else None, error)

    def show_conflict(self) -> None:
        self.add_error(
            None,
            _(
                "Another device saved this answer in the meantime, and nothing of what stands "
                "here is saved yet. Open it anew in a second window to see what it says now."
            ),
        )


def _initial(report: Report | None) -> dict[str, Any]:
    if report is None:
        return {}
    return {name: getattr(report, name) for name in ("status", "evidence", "helped", "hindered")}


class _PartsForm(forms.Form):
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("What your supervisor sees"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, items: list[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        self.fields["parts"].choices = [(item.key, item.label) for item in items]

    def rows(self) -> list[tuple[Item, bool]]:
        """What there is to choose, and whether it is chosen now."""
        ticked = self["parts"].value() or []
        return [(item, item.key in ticked) for item in self.items]


class SupervisorForm(_PartsForm):
    """Whom to show it, what of it, and that one agrees."""

    name = forms.CharField(label=gettext_lazy("Name of your supervisor"), max_length=200)
    email = forms.EmailField(
        label=gettext_lazy("Their e-mail address"),
        max_length=254,
        help_text=gettext_lazy("They get a mail in your name, with a link and then a code."),
    )
    agrees = forms.BooleanField(
        label=gettext_lazy(
            "I agree that this person sees what I chose. I can take it back at any time."
        )
    )
    field_order = ("name", "email", "parts", "agrees")


class PartsForm(_PartsForm):
    """What the supervisor who is named sees from now on."""


class VerdictForm(forms.Form):
    """What a supervisor answers."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Have you seen it?"),
        choices=Release.Verdict.choices,
        widget=forms.RadioSelect,
    )
    comment = _text(
        gettext_lazy("Your comment"), gettext_lazy("Whoever asked you reads it, and nobody else.")
    )
