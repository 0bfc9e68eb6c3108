"""What a person has agreed to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.models import Record
from madang.people.models.person import Person


class Consent(Record):
    """Agreement to one use of a person's data, that they can take back at any time."""

    class Purpose(models.TextChoices):
        PUBLIC_NAME = "public_name", _("show my name, position and country on public pages")
        SHARED_CONTACT = "shared_contact", _("show my e-mail address to the other participants")
        PHOTOGRAPHS = "photographs", _("publish photographs that show me")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("for what"), max_length=40, choices=Purpose)
    given_at = models.DateTimeField(_("given"), default=clock.now)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "purpose"),
                condition=models.Q(withdrawn_at__isnull=True),
                name="people_consent_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} of {self.person_id}"
