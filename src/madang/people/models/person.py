"""People, as they write themselves."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Personal, PersonalText, Record, SubjectKey
from madang.people.models.country import Country
from madang.people.models.organisation import Organisation

_WHILE_INVOLVED = _("two years after your last workshop, or when you ask")


class Person(Record, Personal):
    """Someone who takes part, trains, nominates or organises. A name is one field, any script."""

    name = PersonalText(
        _("name"),
        blank=False,
        why=_("to address you, and to name you in the programme where you have a part in it"),
        until=_WHILE_INVOLVED,
    )
    latin_name = PersonalText(
        _("name in Latin letters"),
        why=_("for letters, badges and certificates where your own script can't be used"),
        until=_WHILE_INVOLVED,
    )
    sort_name = PersonalText(
        _("name to sort by"),
        why=_("to put you where people look for you in a list"),
        until=_WHILE_INVOLVED,
    )
    email = PersonalText(
        _("e-mail address"),
        why=_("to send you invitations, changes of the programme and sign-in codes"),
        until=_WHILE_INVOLVED,
    )
    phone = PersonalText(
        _("telephone"),
        why=_("to reach you during the week, if something urgent happens"),
        until=_("thirty days after the workshop"),
    )
    position = PersonalText(
        _("position"),
        why=_("to show in which capacity you take part"),
        until=_WHILE_INVOLVED,
    )
    biography = PersonalText(
        _("biography"),
        why=_("to introduce you to the participants when you train or speak"),
        until=_WHILE_INVOLVED,
    )
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("country")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("organisation"),
    )
    language = models.CharField(_("preferred language"), max_length=12, default="en")
    erased_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or str(_("a person whose data were erased"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with a key of their own for a new person."""
        if self.subject_id is None:
            self.subject = SubjectKey.create()
        super().save(*args, **kwargs)

    @property
    def sort_key(self) -> str:
        """By what a list sorts this person: the key they gave, else their name."""
        return (self.sort_name or self.name).casefold()
