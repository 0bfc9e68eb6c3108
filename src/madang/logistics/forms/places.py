"""Forms of buses and tables."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core.days import MomentField
from madang.core.record_forms import RecordForm
from madang.logistics.models import Bus, SeatingPlan, Table
from madang.logistics.models.seating import MOST_AT_A_TABLE
from madang.workshops.forms import fields
from madang.workshops.models import Session

MOST_TABLES = 100


class BusForm(RecordForm):
    departs_at = MomentField(
        label=gettext_lazy("Leaves at"),
        required=False,
        widget=fields.moment_input(),
        help_text=gettext_lazy("On the clock of the place."),
    )

    class Meta:
        model = Bus
        fields = ("name", "seats", "departs_at", "departs_from")

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.session.buses.exclude(pk=self.instance.pk).filter(name=name).exists():
            raise ValidationError(_("Another bus has this name."))
        return name


class BusChoiceForm(forms.Form):
    """In which bus somebody sits."""

    bus = forms.ModelChoiceField(
        None, label=gettext_lazy("Bus"), required=False, empty_label=gettext_lazy("none")
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bus"].queryset = session.buses.all()


class LayForm(forms.Form):
    """How many tables of how many seats to begin with."""

    tables = forms.IntegerField(label=gettext_lazy("Tables"), min_value=1, max_value=MOST_TABLES)
    seats = forms.IntegerField(
        label=gettext_lazy("Seats at each"), min_value=1, max_value=MOST_AT_A_TABLE
    )


class TableForm(RecordForm):
    class Meta:
        model = Table
        fields = ("name", "seats")
        help_texts: ClassVar = {"name": gettext_lazy("Beside its number, for example: Head table.")}


class TableChoiceField(forms.ModelChoiceField):
    """A table by its number and name."""

    def label_from_instance(self, table: Table) -> str:
        number = _("Table %(number)s") % {"number": table.number}
        return f"{number} · {table.name}" if table.name else number


class TableChoiceForm(forms.Form):
    """At which table somebody sits."""

    table = TableChoiceField(
        None, label=gettext_lazy("Table"), required=False, empty_label=gettext_lazy("none")
    )

    def __init__(self, *args: Any, plan: SeatingPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["table"].queryset = plan.tables.all()
