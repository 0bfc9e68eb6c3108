"""Forms of files of nominations: bringing one, how it is read, what is settled, writing it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.nominations.actions.import_settling import Settled
from madang.nominations.actions.imports import HowToRead
from madang.nominations.forms.register import MOST_ANSWERABLE, AnsweredField
from madang.nominations.importing import asked
from madang.nominations.importing.judging import WITHDRAWN
from madang.nominations.importing.lines import Line, code_of
from madang.nominations.importing.overview import Overview
from madang.nominations.models import Correspondence, Import, ImportRow, Nomination
from madang.nominations.queries.imports import QUESTIONS
from madang.nominations.reading.fields import NAMES, Field
from madang.nominations.reading.rows import Doubt, Wrong
from madang.nominations.sheets.encodings import COMMON
from madang.workshops.models import Edition

_ALL = ("", gettext_lazy("all"))
ENCODINGS = ("utf-8", "utf-16", *COMMON)
LONGEST_TYPED = 4000
LAST_ROW = 1_048_576
Decision = ImportRow.Decision


class BringForm(forms.Form):
    """A spreadsheet of nominations."""

    upload = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy(
            "An Excel workbook (.xlsx), an OpenDocument spreadsheet (.ods) or CSV, as it came: the "
            "table may begin anywhere, in any order of columns. Nothing is written before you "
            "have seen what was read."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.tsv,.txt"}),
    )
    source = AnsweredField(
        Correspondence.objects.none(),
        label=gettext_lazy("Came with"),
        required=False,
        empty_label="—",
        help_text=gettext_lazy("The entry of the register, where there is one."),
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        received = edition.correspondence.filter(direction=Correspondence.Direction.RECEIVED)
        keys = received.values_list("pk", flat=True)[:MOST_ANSWERABLE]
        source: Any = self.fields["source"]
        source.queryset = received.filter(pk__in=list(keys)).select_related("country")
        if not keys:
            del self.fields["source"]


class ReadingForm(forms.Form):
    """How a file is to be read: where its table begins, and what each column holds."""

    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"), required=False)
    header_row = forms.IntegerField(
        label=gettext_lazy("Row of the headings"),
        required=False,
        min_value=0,
        max_value=LAST_ROW,
        help_text=gettext_lazy("0 if the table has none. Leave it empty to have it found."),
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding"),
        required=False,
        choices=[("", gettext_lazy("found out")), *((name, name) for name in ENCODINGS)],
    )

    def __init__(
        self, *args: Any, batch: Import, known: Overview, fields: Mapping[str, Field], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.batch = batch
        self.known = known
        sheet: Any = self.fields["sheet"]
        sheet.choices = [("", _("found out")), *((name, name) for name in known.sheets)]
        self.initial["sheet"] = batch.sheet
        self.initial["header_row"] = batch.header_row
        self.initial["encoding"] = batch.encoding
        if known.kind != "csv":
            del self.fields["encoding"]
        offered = [("", _("not read")), *((key, it.label) for key, it in fields.items())]
        for column in known.columns:
            name = _of_column(column.index)
            self.fields[name] = forms.ChoiceField(
                label=_("Column %(letters)s") % {"letters": column.letters},
                choices=offered,
                required=False,
            )
            self.initial[name] = column.field or ""

    def columns(self) -> list[tuple[Any, Any]]:
        """Each column of the file with its choice."""
        return [(column, self[_of_column(column.index)]) for column in self.known.columns]

    def place(self) -> list[Any]:
        """The fields that say where the table is."""
        return [self[name] for name in ("sheet", "header_row", "encoding") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Each field is read from one column; and somebody has to be named."""
        cleaned = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for column in self.known.columns:
            name = _of_column(column.index)
            key = cleaned.get(name)
            if key and key in taken:
                self.add_error(
                    name, _("Column %(letters)s holds this already.") % {"letters": taken[key]}
                )
            elif key:
                taken[key] = column.letters
        if self._is_moved() or not self.known.columns:
            return cleaned
        if taken.keys().isdisjoint(NAMES):
            raise forms.ValidationError(_("Say which column holds the names."))
        return cleaned

    def how(self) -> HowToRead:
        """What was said. Where the table itself moved, its columns are recognised anew."""
        cleaned = self.cleaned_data
        mapping = {
            column.index: cleaned[_of_column(column.index)]
            for column in self.known.columns
            if cleaned.get(_of_column(column.index))
        }
        return HowToRead(
            sheet=cleaned.get("sheet", ""),
            header_row=cleaned["header_row"],
            encoding=cleaned.get("encoding", ""),
            mapping=None if self._is_moved() else mapping or None,
        )

    def _is_moved(self) -> bool:
        return bool({"sheet", "header_row", "encoding"} & set(self.changed_data))


def _of_column(index: int) -> str:
    return f"column_{index}"


class LineFilters(forms.Form):
    """Which lines of a file a list shows; lives in the address."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What it is"), required=False, choices=[_ALL, *ImportRow.Outcome.choices]
    )
    show = forms.ChoiceField(
        label=gettext_lazy("What becomes of it"),
        required=False,
        choices=[
            _ALL,
            ("open", gettext_lazy("to be settled")),
            ("taken", gettext_lazy("written")),
            ("left", gettext_lazy("left out")),
            ("same", gettext_lazy("nothing to do")),
        ],
    )
    line = forms.IntegerField(
        label=gettext_lazy("Line"), required=False, min_value=1, max_value=LAST_ROW
    )
    about = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)


class SettleForm(forms.Form):
    """What to do with all lines in which the same is open."""

    about = forms.CharField(max_length=120)
    what = forms.ChoiceField(
        choices=[
            (what, what)
            for what in (
                "suggestion",
                "keep",
                "empty",
                Decision.TAKE,
                Decision.MERGE,
                Decision.SKIP,
            )
        ]
    )


class WriteForm(forms.Form):
    """A file is written as it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    take_merit = forms.BooleanField(
        label=gettext_lazy("Take the merit scores of the file"),
        required=False,
        help_text=gettext_lazy("Merit that comes from screening is not replaced."),
    )

    def __init__(self, *args: Any, has_merit: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_merit:
            del self.fields["take_merit"]


# --- One line -------------------------------------------------------------------------------------
class LineForm(forms.Form):
    """How a line is settled: each cell that is open, another cell by hand, and the line itself."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    other = forms.ChoiceField(label=gettext_lazy("Correct another cell"), required=False)
    other_text = forms.CharField(
        label=gettext_lazy("It shall say"),
        required=False,
        max_length=LONGEST_TYPED,
        help_text=gettext_lazy("Left empty, the cell is emptied."),
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("What becomes of the line"), required=False, widget=forms.RadioSelect
    )

    def __init__(
        self,
        *args: Any,
        row: ImportRow,
        line: Line,
        fields: Mapping[str, Field],
        nominations: Mapping[UUID, Nomination],
        lines: Mapping[int, ImportRow],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        self.nominations = nominations
        self.lines = lines
        self.findings = line.open_findings
        for place, finding in enumerate(self.findings):
            self._add(place, finding, fields)
        chosen: Any = self.fields["other"]
        chosen.choices = [("", "—"), *((key, it.label) for key, it in fields.items())]
        decided: Any = self.fields["decision"]
        decided.choices = self._decisions(row, line)
        self.initial["version"] = row.version
        self.initial["decision"] = self._decided()
        # What is open comes first.
        self.order_fields([*(it for it in self.fields if it.startswith("cell")), "decision"])

    def open_cells(self) -> list[tuple[Any, Any, Any]]:
        """Each open cell with the choice of what to do, and what is typed instead."""
        return [
            (finding, self[f"cell_{place}"], self[f"typed_{place}"])
            for place, finding in enumerate(self.findings)
            if f"cell_{place}" in self.fields
        ]

    def settled(self) -> Settled:
        """What was chosen, for an action."""
        cells: dict[str, str] = {}
        accepted = []
        for place, finding in enumerate(self.findings):
            chosen = self.cleaned_data.get(f"cell_{place}", "")
            if chosen == "keep":
                accepted.append(code_of(finding))
            elif chosen == "typed":
                cells[finding.field] = self.cleaned_data[f"typed_{place}"]
            elif chosen == "empty":
                cells[finding.field] = ""
            elif chosen:
                suggestion = finding.suggestions[int(chosen.removeprefix("take_"))]
                cells[finding.field] = asked.as_typed(suggestion)
        if self.cleaned_data.get("other"):
            cells[self.cleaned_data["other"]] = self.cleaned_data["other_text"]
        decision, target = self._chosen()
        return Settled(cells=cells, accepted=accepted, decision=decision, target=target)

    def clean(self) -> dict[str, Any]:
        """Who says that something else shall stand there says what."""
        cleaned = super().clean() or self.cleaned_data
        for place in range(len(self.findings)):
            name = f"typed_{place}"
            if cleaned.get(f"cell_{place}") == "typed" and not cleaned.get(name):
                self.add_error(name, _("Write what the cell shall say."))
            elif cleaned.get(name) and not cleaned.get(f"cell_{place}"):
                cleaned[f"cell_{place}"] = "typed"
        return cleaned

    def show_conflict(self) -> None:
        """Say that the line is not any more as it was shown."""
        self.add_error(
            None,
            _("Somebody else settled this line in the meantime: open it again before you do."),
        )

    def _add(self, place: int, finding: Doubt | Wrong, fields: Mapping[str, Field]) -> None:
        if not finding.field:
            return
        label = fields[finding.field].label if finding.field in fields else finding.field
        self.fields[f"cell_{place}"] = forms.ChoiceField(
            label=label,
            required=False,
            widget=forms.RadioSelect,
            choices=_choices(finding, fields.get(finding.field)),
        )
        self.fields[f"typed_{place}"] = forms.CharField(
            label=_("Something else"), required=False, max_length=LONGEST_TYPED
        )

    def _decisions(self, row: ImportRow, line: Line) -> list[tuple[str, str]]:
        undecided = QUESTIONS.keys() & set(row.codes)
        offered = [
            ("", _("not decided yet") if undecided else _("as said above")),
            (str(Decision.TAKE), _("a nomination of its own")),
        ]
        if line.likely and WITHDRAWN not in row.codes:
            offered += [
                (_target(it.line, it.nomination), self._merged(it.line, it.nomination))
                for it in line.likely
                if it.line in self.lines or _key(it.nomination) in self.nominations
            ]
        return [*offered, (str(Decision.SKIP), _("leave it out"))]

    def _merged(self, number: int | None, nomination: str) -> str:
        if number is not None:
            return _("the same person as line %(line)s") % {"line": number}
        there = self.nominations[UUID(nomination)]
        return _("the same person as nomination %(number)s") % {"number": there.number}

    def _decided(self) -> str:
        if self.row.decision != Decision.MERGE:
            return str(self.row.decision)
        number = self.row.repeats.number if self.row.repeats is not None else None
        return _target(number, str(self.row.matches_id or ""))

    def _chosen(self) -> tuple[str | None, ImportRow | Nomination | None]:
        chosen = self.cleaned_data["decision"]
        kind, _colon, key = chosen.partition(":")
        if kind == "line":
            return Decision.MERGE, self.lines[int(key)]
        if kind == "nomination":
            return Decision.MERGE, self.nominations[UUID(key)]
        return (chosen if chosen != self.row.decision else None), None


def _target(number: int | None, nomination: str) -> str:
    return f"line:{number}" if number is not None else f"nomination:{nomination}"


def _key(nomination: str) -> UUID | None:
    return UUID(nomination) if nomination else None


def _choices(finding: Doubt | Wrong, field: Field | None) -> Sequence[tuple[str, str]]:
    offered = [
        (f"take_{place}", _("take “%(text)s”") % {"text": it.text})
        for place, it in enumerate(finding.suggestions)
    ]
    if isinstance(finding, Doubt) and finding.stands:
        offered.append(("keep", _("leave it as it is")))
    elif asked.may_be_empty(field):
        offered.append(("empty", _("leave this cell empty")))
    return [*offered, ("typed", _("something else, written below"))]
