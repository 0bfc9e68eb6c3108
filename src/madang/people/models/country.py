"""Countries and areas, and every name under which real lists mention them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.core.texts import Translated


class Region(models.TextChoices):
    """Regions of the UN's M49 standard."""

    AFRICA = "002", _("Africa")
    AMERICAS = "019", _("Americas")
    ASIA = "142", _("Asia")
    EUROPE = "150", _("Europe")
    OCEANIA = "009", _("Oceania")


class Subregion(models.TextChoices):
    """The finest M49 grouping: the intermediate region where there is one, else the sub-region."""

    NORTHERN_AFRICA = "015", _("Northern Africa")
    EASTERN_AFRICA = "014", _("Eastern Africa")
    MIDDLE_AFRICA = "017", _("Middle Africa")
    SOUTHERN_AFRICA = "018", _("Southern Africa")
    WESTERN_AFRICA = "011", _("Western Africa")
    CARIBBEAN = "029", _("Caribbean")
    CENTRAL_AMERICA = "013", _("Central America")
    SOUTH_AMERICA = "005", _("South America")
    NORTHERN_AMERICA = "021", _("Northern America")
    CENTRAL_ASIA = "143", _("Central Asia")
    EASTERN_ASIA = "030", _("Eastern Asia")
    SOUTH_EASTERN_ASIA = "035", _("South-eastern Asia")
    SOUTHERN_ASIA = "034", _("Southern Asia")
    WESTERN_ASIA = "145", _("Western Asia")
    EASTERN_EUROPE = "151", _("Eastern Europe")
    NORTHERN_EUROPE = "154", _("Northern Europe")
    SOUTHERN_EUROPE = "039", _("Southern Europe")
    WESTERN_EUROPE = "155", _("Western Europe")
    AUSTRALIA_AND_NEW_ZEALAND = "053", _("Australia and New Zealand")
    MELANESIA = "054", _("Melanesia")
    MICRONESIA = "057", _("Micronesia")
    POLYNESIA = "061", _("Polynesia")


REGION_OF: dict[str, Region] = {
    **dict.fromkeys(("015", "014", "017", "018", "011"), Region.AFRICA),
    **dict.fromkeys(("029", "013", "005", "021"), Region.AMERICAS),
    **dict.fromkeys(("143", "030", "035", "034", "145"), Region.ASIA),
    **dict.fromkeys(("151", "154", "039", "155"), Region.EUROPE),
    **dict.fromkeys(("053", "054", "057", "061"), Region.OCEANIA),
}


class Country(Record, Translated):
    """A country or area: an entry of ISO 3166-1, named as the United Nations name it.

    `name` and `formal_name` are in English; other languages are translations. What the organiser
    edited (`is_edited`) is left alone when a newer list is loaded.
    """

    TRANSLATED = ("name", "formal_name")

    class Status(models.TextChoices):
        MEMBER = "member", _("UN member state")
        OBSERVER = "observer", _("UN observer state")
        ASSOCIATE = "associate", _("associate member")
        OTHER = "other", _("other country or area")

    class Commission(models.TextChoices):
        ESCAP = "escap", _("ESCAP, for Asia and the Pacific")
        ECLAC = "eclac", _("ECLAC, for Latin America and the Caribbean")

    alpha2 = models.CharField(_("two-letter code"), max_length=2, unique=True)
    alpha3 = models.CharField(_("three-letter code"), max_length=3, unique=True)
    numeric = models.CharField(_("M49 number"), max_length=3, unique=True)
    name = models.CharField(_("short name"), max_length=120)
    formal_name = models.CharField(_("formal name"), max_length=160, blank=True)
    region = models.CharField(_("region"), max_length=3, choices=Region, blank=True)
    subregion = models.CharField(_("sub-region"), max_length=3, choices=Subregion, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OTHER)
    associate_of = models.CharField(
        _("associate member of"), max_length=10, choices=Commission, blank=True
    )
    is_listed = models.BooleanField(_("offered in forms"), default=True)
    is_edited = models.BooleanField(_("edited here"), default=False, editable=False)
    sort_key = models.CharField(max_length=120, editable=False, db_index=True)

    class Meta:
        verbose_name = _("country or area")
        verbose_name_plural = _("countries and areas")
        ordering = ("sort_key",)

    def __str__(self) -> str:
        return str(self.wording("name"))

    @property
    def codes(self) -> str:
        """Both codes of ISO 3166-1, as pages show them."""
        return f"{self.alpha2}, {self.alpha3}"

    @property
    def region_in_words(self) -> str:
        """The region and the finest part of it."""
        names = (self.get_region_display(), self.get_subregion_display())
        return " · ".join(filter(None, names))


class CountryName(Record):
    """One way in which real lists write a country. `language` is empty where it is anybody's.

    A name that the organiser struck out stays as a row that is not used, so that loading a newer
    list does not bring it back.
    """

    country = models.ForeignKey(
        Country, on_delete=models.CASCADE, related_name="names", verbose_name=_("country or area")
    )
    text = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=12, blank=True)
    normalized = models.CharField(max_length=200, unique=True, editable=False)
    is_used = models.BooleanField(_("recognised"), default=True)

    class Meta:
        verbose_name = _("name of a country")
        verbose_name_plural = _("names of countries")
        ordering = ("normalized",)

    def __str__(self) -> str:
        return self.text
