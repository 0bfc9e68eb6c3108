"""The fields of a nomination that a sheet can fill, and how their columns are headed.

A call adds the questions that it asks, as further `Field`s.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

# Fields that hold a name or a part of one.
NAMES = ("name", "family_name", "given_names")
ORGANISATION_KINDS = ("government", "academia", "civil_society", "private", "international")


class Kind(Enum):
    """How the cells of a field are read."""

    TEXT = "text"
    NAME = "name"
    COUNTRY = "country"
    SEX = "sex"
    ORGANISATION_KIND = "organisation_kind"
    EMAIL = "email"
    PHONE = "phone"
    NUMBER = "number"
    SCALE = "scale"
    YES_NO = "yes_no"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True)
class Field:
    """A field: its key in `ReadRow.values`, how its cells are read, and how people head it.

    `minimum` and `maximum` bound numbers and scales (of a scale both are given); `longest` bounds a
    text in letters; `choices` are a choice's values, each with the spellings that mean it. The
    built-in fields have their headings in `data/headings.txt`; `headings` are further ones.
    `required`: a row without it is wrong; `wanted`: one without it is doubtful. `whole` numbers
    have no fraction; a `recent` date is not after today and not years ago.
    """

    key: str
    kind: Kind
    label: Any
    headings: tuple[str, ...] = ()
    required: bool = False
    wanted: bool = False
    whole: bool = False
    recent: bool = False
    minimum: float | None = None
    maximum: float | None = None
    longest: int = 500
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


FIELDS: tuple[Field, ...] = (
    Field("number", Kind.NUMBER, _("number in the list"), minimum=0),
    Field("title", Kind.TEXT, _("title"), longest=60),
    Field("name", Kind.NAME, _("name"), longest=200),
    Field("family_name", Kind.NAME, _("family name"), longest=200),
    Field("given_names", Kind.NAME, _("given names"), longest=200),
    Field("sex", Kind.SEX, _("sex"), wanted=True),
    Field("country", Kind.COUNTRY, _("country"), required=True),
    Field("organisation", Kind.TEXT, _("organisation"), wanted=True, longest=200),
    Field("organisation_kind", Kind.ORGANISATION_KIND, _("kind of organisation"), wanted=True),
    Field("position", Kind.TEXT, _("position"), longest=200),
    Field("email", Kind.EMAIL, _("e-mail"), required=True),
    Field("phone", Kind.PHONE, _("telephone"), longest=60),
    Field(
        "years_experience",
        Kind.NUMBER,
        _("years in e-Government"),
        minimum=0,
        maximum=60,
        whole=True,
    ),
    Field("english", Kind.SCALE, _("English"), minimum=1, maximum=5, whole=True),
    Field("attended_before", Kind.YES_NO, _("took part in an earlier workshop")),
    Field("responsibility", Kind.TEXT, _("responsibility"), longest=2000),
    Field("needs", Kind.TEXT, _("diet and access needs"), longest=500),
    Field("nominated_by", Kind.TEXT, _("nominated by"), longest=200),
    Field("nominator_email", Kind.EMAIL, _("e-mail of who nominates")),
    Field("endorsed_on", Kind.DATE, _("date of endorsement"), recent=True),
    Field("merit", Kind.NUMBER, _("merit"), minimum=0, maximum=100),
)
