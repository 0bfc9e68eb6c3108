"""What a person is told of their own evaluations: that they handed in, and nothing more."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from madang.evaluation.models import HandedIn
from madang.people.models import Person


def handed_in(person: Person) -> Iterable[Mapping[str, Any]]:
    """The closed forms that somebody handed in, for a copy of their own data."""
    rows = HandedIn.objects.filter(participation__person=person)
    for row in rows.select_related("form__session", "form__edition").order_by("form__opens_at"):
        yield {
            _("workshop"): str(row.form.edition.wording("title")),
            _("evaluation"): str(row.form.title),
            _("state"): _("handed in"),
        }
