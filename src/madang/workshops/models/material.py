"""Materials of an edition or a session, each with its versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record, StoredFile
from madang.core.texts import Translated
from madang.workshops.models.edition import Edition
from madang.workshops.models.session import Session


class Material(Record, Translated):
    """Slides, a paper, a form or another file that people are given; without a session, for all."""

    TRANSLATED = ("title",)

    class Audience(models.TextChoices):
        PUBLIC = "public", _("the public")
        PARTICIPANTS = "participants", _("those who take part")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="materials")
    session = models.ForeignKey(
        Session, on_delete=models.SET_NULL, null=True, blank=True, related_name="materials"
    )
    title = models.CharField(_("title"), max_length=200)
    audience = models.CharField(
        _("for whom"), max_length=12, choices=Audience, default=Audience.PARTICIPANTS
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_withdrawn = models.BooleanField(_("withdrawn"), default=False)

    class Meta:
        verbose_name = _("material")
        ordering = ("order", "id")

    def __str__(self) -> str:
        return self.title


class MaterialVersion(Record):
    """One version of a material; the newest is the one that people are given."""

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("what is new"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("version of a material")
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(
                fields=("material", "number"), name="workshops_material_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.material_id} v{self.number}"
