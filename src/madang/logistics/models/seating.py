"""Who sits at which table of a dinner."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.core.transitions import Transition
from madang.workshops.models import Participation, Session

MOST_AT_A_TABLE = 60


class SeatingPlan(Record):
    """The tables of one session.

    `before` holds who sat where before the last proposal, to put it back: the table and whether
    fixed, by participation. `seed` counts proposals, so that each may differ from the last.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("being made")
        SHOWN = "shown", _("shown to all who come")

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="seating_plan")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    seed = models.PositiveIntegerField(default=0, editable=False)
    before = models.JSONField(default=dict, editable=False)
    can_undo = models.BooleanField(default=False, editable=False)

    show = Transition(
        "state",
        sources=(State.DRAFT,),
        target=State.SHOWN,
        label=_("Show it to all who come"),
        audit="seating.shown",
        guard=lambda plan: None if plan.places.exists() else _("Nobody is seated yet."),
    )
    hide = Transition(
        "state",
        sources=(State.SHOWN,),
        target=State.DRAFT,
        label=_("Hide it again"),
        audit="seating.hidden",
    )

    class Meta:
        verbose_name = _("seating plan")

    def __str__(self) -> str:
        return str(self.session)


class Table(Record):
    """One table: `number` on its card, perhaps a name beside it."""

    plan = models.ForeignKey(SeatingPlan, on_delete=models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    name = models.CharField(_("name"), max_length=60, blank=True)
    seats = models.PositiveSmallIntegerField(
        _("seats"), validators=[MinValueValidator(1), MaxValueValidator(MOST_AT_A_TABLE)]
    )

    class Meta:
        verbose_name = _("table")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("plan", "number"), name="logistics_table_number"),
            models.CheckConstraint(
                condition=Q(number__gte=1, seats__gte=1, seats__lte=MOST_AT_A_TABLE),
                name="logistics_table_seats",
            ),
        )

    def __str__(self) -> str:
        return str(self.number)


class TablePlace(Record):
    """One person's place at a table. A fixed one stays when the rest is planned anew."""

    plan = models.ForeignKey(SeatingPlan, on_delete=models.CASCADE, related_name="places")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="places")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="table_places"
    )
    is_fixed = models.BooleanField(_("fixed"), default=False)

    class Meta:
        verbose_name = _("place at a table")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "participation"), name="logistics_table_place_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.table_id} {self.participation_id}"
