"""What an edition certifies: who signs, what it takes, and how it is said."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.core.texts import Translated
from madang.workshops.models import Edition


class Kind(models.TextChoices):
    """What is certified."""

    ATTENDED = "attended", _("certificate of attendance")
    COMPLETED = "completed", _("certificate of completion")


class Scheme(Record, Translated):
    """Who issues and signs an edition's certificates. The picture of a signature is its file."""

    TRANSLATED = (
        "issuer", "signatory", "signatory_position", "second_signatory", "second_position",
    )  # fmt: skip

    edition = models.OneToOneField(
        Edition, on_delete=models.CASCADE, related_name="certificate_scheme"
    )
    issuer = models.CharField(_("who issues them"), max_length=200)
    signatory = models.CharField(_("who signs"), max_length=120)
    signatory_position = models.CharField(_("position"), max_length=200, blank=True, default="")
    second_signatory = models.CharField(
        _("who signs beside them"), max_length=120, blank=True, default=""
    )
    second_position = models.CharField(
        _("position of the second"), max_length=200, blank=True, default=""
    )
    prefix = models.CharField(_("prefix of the numbers"), max_length=30)

    class Meta:
        verbose_name = _("head and signatures of certificates")

    def __str__(self) -> str:
        return self.issuer


class CertificateRule(Record, Translated):
    """What one kind of certificate takes, and its words, with {placeholders} in light mark-up."""

    TRANSLATED = ("title", "opening", "body", "criteria")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="certificate_rules")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=120)
    opening = models.CharField(_("words above the name"), max_length=200)
    body = models.TextField(_("words below the name"), max_length=1200)
    criteria = models.TextField(_("what it takes, for the public"), max_length=600)
    share = models.PositiveSmallIntegerField(
        _("share of attendance, in percent"), validators=[MaxValueValidator(100)], default=80
    )
    needs_pre_test = models.BooleanField(_("took the test before the week"), default=False)
    needs_post_test = models.BooleanField(_("took the test after the week"), default=False)
    needs_evaluation = models.BooleanField(_("handed in the evaluation"), default=False)

    class Meta:
        verbose_name = _("rule of certificates")
        ordering = ("kind",)
        constraints = (
            models.UniqueConstraint(fields=("edition", "kind"), name="certificates_rule_once"),
            models.CheckConstraint(
                condition=models.Q(share__lte=100), name="certificates_rule_share"
            ),
        )

    def __str__(self) -> str:
        return self.title
