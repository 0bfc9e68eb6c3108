"""Who takes part in an edition, and as what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.models import Record
from madang.core.transitions import Transition
from madang.people.models import Country, Organisation, Person
from madang.workshops.models.edition import Edition


class ParticipationQuerySet(models.QuerySet["Participation"]):
    """Questions about who takes part."""

    def so_far(self) -> "ParticipationQuerySet":
        """Those entered by now: the demo's clock can stand before some of them."""
        return self.filter(created_at__lte=clock.now())


class Participation(Record):
    """A person in an edition. Country and organisation are those represented there and then."""

    class Kind(models.TextChoices):
        PARTICIPANT = "participant", _("participant")
        RESOURCE_PERSON = "resource_person", _("resource person")
        SECRETARIAT = "secretariat", _("secretariat")
        HOST = "host", _("host or supporter")
        OBSERVER = "observer", _("observer")

    class State(models.TextChoices):
        EXPECTED = "expected", _("expected")
        CANCELLED = "cancelled", _("cancelled")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="participations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="participations")
    kind = models.CharField(_("takes part as"), max_length=16, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.EXPECTED)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ParticipationQuerySet.as_manager()

    cancel = Transition(
        "state",
        sources=(State.EXPECTED,),
        target=State.CANCELLED,
        label=_("Cancel"),
        audit="participation.cancelled",
    )
    restore = Transition(
        "state",
        sources=(State.CANCELLED,),
        target=State.EXPECTED,
        label=_("Expect again"),
        audit="participation.restored",
    )

    class Meta:
        verbose_name = _("participation")
        constraints = (
            models.UniqueConstraint(fields=("edition", "person"), name="workshops_person_once"),
        )
        indexes = (models.Index(fields=("edition", "kind"), name="workshops_participation_kind"),)

    def __str__(self) -> str:
        return str(self.person)
