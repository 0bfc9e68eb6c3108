"""What people need to be well, and whom to call if they are not. Every word of it is encrypted."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Personal, PersonalText, Record
from madang.logistics.models.travel import UNTIL
from madang.workshops.models import Participation


class Diet(models.TextChoices):
    """Codes, so that a kitchen gets numbers and no names."""

    VEGETARIAN = "vegetarian", _("vegetarian")
    VEGAN = "vegan", _("vegan")
    HALAL = "halal", _("halal")
    KOSHER = "kosher", _("kosher")
    NO_PORK = "no_pork", _("no pork")
    NO_BEEF = "no_beef", _("no beef")
    NO_FISH = "no_fish", _("no fish or shellfish")
    GLUTEN_FREE = "gluten_free", _("without gluten")
    LACTOSE_FREE = "lactose_free", _("without lactose")
    NO_NUTS = "no_nuts", _("without nuts")


class Access(models.TextChoices):
    """Codes, so that a hotel knows what to prepare."""

    STEP_FREE = "step_free", _("ways and a room without steps")
    WHEELCHAIR = "wheelchair", _("a room and a bus for a wheelchair")
    HEARING = "hearing", _("help with hearing")
    SIGHT = "sight", _("help with seeing")
    SIGN_LANGUAGE = "sign_language", _("interpretation into sign language")
    ASSISTANT = "assistant", _("an assistant comes along")


def codes_in(text: str) -> list[str]:
    """The codes of a stored list of them."""
    return text.split()


def as_text(codes: Iterable[str]) -> str:
    """Codes as they are stored: a personal field is one text."""
    return " ".join(codes)


class Needs(Record, Personal):
    """What somebody eats and needs. Who sees what: `rules`; a hotel gets numbers."""

    participation = models.OneToOneField(
        Participation, on_delete=models.CASCADE, related_name="needs"
    )
    diet = PersonalText(
        _("diet"), why=_("so that there is something for you at every meal"), until=UNTIL
    )
    diet_note = PersonalText(
        _("more about what you eat"), why=_("for the kitchen, without your name"), until=UNTIL
    )
    access = PersonalText(
        _("access"), why=_("to choose rooms, buses and ways that you can use"), until=UNTIL
    )
    access_note = PersonalText(
        _("more about access"), why=_("to prepare what helps you"), until=UNTIL
    )
    medical = PersonalText(
        _("medical"),
        why=_("for the officer on duty and a doctor, if you need help"),
        until=UNTIL,
    )
    tells_hotel = models.BooleanField(_("tell the hotel, with my name"), default=False)

    class Meta:
        verbose_name = _("diet and access")
        verbose_name_plural = _("diet and access")

    def __str__(self) -> str:
        return str(self.participation)

    @property
    def diets(self) -> list[str]:
        return codes_in(self.diet)

    @property
    def accesses(self) -> list[str]:
        return codes_in(self.access)


class EmergencyContact(Record, Personal):
    """Whom to call for somebody. It belongs to them, and is kept as what they told us."""

    participation = models.OneToOneField(
        Participation, on_delete=models.CASCADE, related_name="emergency_contact"
    )
    name = PersonalText(
        _("whom to call"), why=_("to call somebody of yours in an emergency"), until=UNTIL
    )
    relation = PersonalText(_("who they are to you"), why=_("to know whom we talk to"), until=UNTIL)
    phone = PersonalText(
        _("telephone, with the code of the country"),
        why=_("to call them in an emergency"),
        until=UNTIL,
    )
    languages = PersonalText(
        _("languages they speak"), why=_("to find somebody who can talk to them"), until=UNTIL
    )

    class Meta:
        verbose_name = _("emergency contact")
        verbose_name_plural = _("emergency contacts")

    def __str__(self) -> str:
        return str(self.participation)
