"""Groups of countries that are asked together."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from madang.core.transitions import Text
from madang.people.models import Country
from madang.people.models.country import Subregion

_S = Subregion
# The members of ESCAP in the region are the UN members of these parts of Asia and the Pacific …
_ESCAP_SUBREGIONS = (
    _S.CENTRAL_ASIA, _S.EASTERN_ASIA, _S.SOUTH_EASTERN_ASIA, _S.SOUTHERN_ASIA,
    _S.AUSTRALIA_AND_NEW_ZEALAND, _S.MELANESIA, _S.MICRONESIA, _S.POLYNESIA,
)  # fmt: skip
# … and these, which M49 puts into Western Asia and Europe; four more are members from elsewhere.
_ESCAP_OTHERS = ("AM", "AZ", "GE", "RU", "TR")
_ESCAP_FROM_ELSEWHERE = ("FR", "GB", "NL", "US")

_ESCAP = Q(alpha2__in=_ESCAP_OTHERS) | Q(
    status=Country.Status.MEMBER, subregion__in=_ESCAP_SUBREGIONS
)

GROUPS: dict[str, tuple[Text, Q]] = {
    "escap": (_("ESCAP: members in the region"), _ESCAP),
    "escap_associates": (
        _("ESCAP: associate members"),
        Q(associate_of=Country.Commission.ESCAP),
    ),
    "escap_elsewhere": (
        _("ESCAP: members from elsewhere"),
        Q(alpha2__in=_ESCAP_FROM_ELSEWHERE),
    ),
    "members": (_("all member states of the United Nations"), Q(status=Country.Status.MEMBER)),
}


def of_group(name: str) -> QuerySet[Country]:
    """The countries of a group."""
    return Country.objects.filter(GROUPS[name][1])
