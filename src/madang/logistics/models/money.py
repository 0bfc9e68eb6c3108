"""Who pays for an edition, what that is spent on, and what was paid.

Every amount is in the currency of its source; nothing is added across currencies by itself.
"""

from decimal import Decimal
from uuid import UUID

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record, StoredFile
from madang.core.transitions import Transition
from madang.logistics.currencies import Money
from madang.people.models import Organisation
from madang.workshops.models import Edition, Participation

CENT = Decimal("0.01")


def amount_field(label: object, **options: object) -> models.DecimalField:
    """An amount in hundredths, up to a trillion less one."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, **options)


class Source(Record):
    """Where money, or things and work in its place, come from.

    Currencies are codes of `currencies.CURRENCIES`.
    """

    class Kind(models.TextChoices):
        SPONSORED = "sponsored", _("sponsored")
        SELF_FUNDED = "self_funded", _("self-funded")
        IN_KIND = "in_kind", _("in kind")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="money_sources")
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    # Nobody in particular where participants or their ministries pay for themselves.
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("donor"),
    )
    promised = amount_field(_("promised"), default=0, validators=[MinValueValidator(0)])
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    # What one unit is worth in another currency, stated by somebody: for a common total.
    rate = models.DecimalField(
        _("rate"), max_digits=18, decimal_places=8, null=True, blank=True
    )  # fmt: skip
    rate_currency = models.CharField(_("rate to"), max_length=3, blank=True, default="")
    rate_basis = models.CharField(_("where the rate is from"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("source of money")
        verbose_name_plural = _("sources of money")
        ordering = ("kind", "name", "id")
        constraints = (
            models.UniqueConstraint(fields=("edition", "name"), name="logistics_source_name"),
            models.CheckConstraint(condition=Q(promised__gte=0), name="logistics_source_promised"),
            models.CheckConstraint(
                condition=Q(rate__isnull=True, rate_currency="")
                | Q(rate__gt=0) & ~Q(rate_currency="") & ~Q(rate_currency=models.F("currency")),
                name="logistics_source_rate_to_another",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def rate_text(self) -> str:
        """The rate without the zeros at its end."""
        return f"{self.rate.normalize():f}" if self.rate is not None else ""

    @property
    def is_in_kind(self) -> bool:
        return self.kind == self.Kind.IN_KIND


class Expense(Record):
    """What a source is to pay for: planned, then binding, then paid, then closed."""

    class Kind(models.TextChoices):
        TRAVEL = "travel", _("tickets")
        LODGING = "lodging", _("lodging")
        ALLOWANCE = "allowance", _("daily allowance")
        MEALS = "meals", _("meals and receptions")
        VENUE = "venue", _("venue and equipment")
        TRANSPORT = "transport", _("local transport")
        INTERPRETATION = "interpretation", _("interpretation and translation")
        FEES = "fees", _("fees of resource persons")
        VISA = "visa", _("visas and insurance")
        PRINTING = "printing", _("printing and supplies")
        OTHER = "other", _("other")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        COMMITTED = "committed", _("committed")
        PAID = "paid", _("paid")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("cancelled")

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="expenses")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    # For whom, where it is for one person.
    participation = models.ForeignKey(
        Participation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="expenses",
        verbose_name=_("for whom"),
    )
    description = models.CharField(_("for what"), max_length=200)
    amount = amount_field(_("amount"), validators=[MinValueValidator(0)])
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)

    commit = Transition(
        "state",
        sources=(State.PLANNED,),
        target=State.COMMITTED,
        label=_("Commit"),
        audit="expense.committed",
        guard=lambda expense: None if expense.amount else _("Give the amount first."),
    )
    # Nothing more is to be paid: what was committed beyond the payments is free again.
    settle = Transition(
        "state",
        sources=(State.COMMITTED,),
        target=State.PAID,
        label=_("All is paid"),
        audit="expense.paid",
        guard=lambda expense: None if expense.has_payments else _("Nothing has been paid yet."),
    )
    unsettle = Transition(
        "state",
        sources=(State.PAID,),
        target=State.COMMITTED,
        label=_("More is to be paid"),
        audit="expense.unsettled",
    )
    close = Transition(
        "state",
        sources=(State.PAID,),
        target=State.CLOSED,
        label=_("Close"),
        audit="expense.closed",
        guard=lambda expense: (
            _("A payment has no receipt: upload it, or say why there is none.")
            if expense.lacks_receipt
            else None
        ),
    )
    reopen = Transition(
        "state",
        sources=(State.CLOSED,),
        target=State.PAID,
        label=_("Open again"),
        audit="expense.reopened",
    )
    cancel = Transition(
        "state",
        sources=(State.PLANNED, State.COMMITTED),
        target=State.CANCELLED,
        label=_("Cancel"),
        audit="expense.cancelled",
        guard=lambda expense: (
            _("Something has been paid: take the payment back first.")
            if expense.has_payments
            else None
        ),
    )
    plan_again = Transition(
        "state",
        sources=(State.CANCELLED,),
        target=State.PLANNED,
        label=_("Plan again"),
        audit="expense.planned",
    )

    class Meta:
        verbose_name = _("expense")
        ordering = ("kind", "created_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(amount__gte=0), name="logistics_expense_amount"),
            models.UniqueConstraint(
                fields=("source", "participation"),
                condition=Q(kind="allowance", participation__isnull=False) & ~Q(state="cancelled"),
                name="logistics_allowance_once",
            ),
        )
        indexes = (models.Index(fields=("source", "state"), name="logistics_expense_state"),)

    def __str__(self) -> str:
        return self.description

    @property
    def money(self) -> Money:
        return Money(self.amount, self.source.currency)

    @property
    def has_payments(self) -> bool:
        return self.payments.standing().exists()

    @property
    def lacks_receipt(self) -> bool:
        return self.payments.standing().without_receipt().exists()


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Questions about payments."""

    def standing(self) -> "PaymentQuerySet":
        """Those that were not taken back."""
        return self.exclude(state=Payment.State.VOID)

    def without_receipt(self) -> "PaymentQuerySet":
        """Those with neither a receipt nor a reason why there is none."""
        receipts = StoredFile.objects.filter(
            owner_model=Payment._meta.label_lower, owner_id=OuterRef("pk")
        )
        return self.filter(~Exists(receipts), no_receipt_because="")


class Payment(Record):
    """One payment of an expense, or one delivery of what is given in kind."""

    class State(models.TextChoices):
        RECORDED = "recorded", _("recorded")
        VOID = "void", _("taken back")

    expense = models.ForeignKey(Expense, on_delete=models.PROTECT, related_name="payments")
    amount = amount_field(_("amount"), validators=[MinValueValidator(CENT)])
    paid_on = models.DateField(_("day"))
    reference = models.CharField(
        _("reference"),
        max_length=80,
        blank=True,
        help_text=_("Of the voucher, cheque or transfer."),
    )
    beyond_because = models.CharField(
        _("why more than committed"),
        max_length=200,
        blank=True,
        help_text=_("Only where more is paid than was committed."),
    )
    no_receipt_because = models.CharField(_("why there is no receipt"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RECORDED)

    objects = PaymentQuerySet.as_manager()

    take_back = Transition(
        "state",
        sources=(State.RECORDED,),
        target=State.VOID,
        label=_("Take back"),
        audit="payment.taken_back",
        guard=lambda payment: (
            _("The expense is closed: open it again first.")
            if payment.expense.state == Expense.State.CLOSED
            else None
        ),
    )

    class Meta:
        verbose_name = _("payment")
        ordering = ("paid_on", "created_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="logistics_payment_amount"),
        )

    def __str__(self) -> str:
        return f"{self.amount} {self.expense_id}"

    @property
    def edition_id(self) -> UUID:
        """In whose history the lines of its receipts belong."""
        return self.expense.source.edition_id

    @property
    def is_void(self) -> bool:
        return self.state == self.State.VOID
