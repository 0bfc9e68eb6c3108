"""The form for the texts of any object in one more language."""

from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from madang.core import languages, texts
from madang.core.models import Translation
from madang.core.record_forms import as_kept
from madang.workshops.actions import translations


class TranslationForm(forms.Form):
    """The texts of `thing` in `language`, one field for each text that can be translated."""

    expected = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, thing: texts.Translated, target: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thing = thing
        self.target = target
        self.initial["expected"] = translations.fingerprint(thing, target)
        outdated = self._outdated()
        for name in thing.TRANSLATED:
            column = thing._meta.get_field(name)
            attributes = {"lang": target, "dir": languages.direction(target)}
            long = isinstance(column, models.TextField)
            widget = forms.Textarea if long else forms.TextInput
            self.fields[name] = forms.CharField(
                label=capfirst(column.verbose_name),
                required=False,
                max_length=column.max_length,
                widget=widget(attrs=attributes),
                initial=thing.translations_of(name).get(target, ""),
                help_text=_("The original has changed since.") if name in outdated else "",
            )

    def _outdated(self) -> set[str]:
        """Fields whose translation was made from another text than the present one."""
        rows = Translation.objects.filter(
            model=self.thing._meta.label_lower, object_id=self.thing.pk, language=self.target
        ).values_list("field", "source_hash")
        return {
            name
            for name, made_from in rows
            if made_from != texts.source_hash(getattr(self.thing, name))
        }

    def wordings(self) -> dict[str, str]:
        """The texts by field, for the action."""
        return {name: as_kept(self.cleaned_data[name]) for name in self.thing.TRANSLATED}

    def pairs(self) -> list[tuple[str, forms.BoundField]]:
        """Each source text beside the field for its translation."""
        return [(getattr(self.thing, name), self[name]) for name in self.thing.TRANSLATED]

    def show_conflict(self) -> None:
        """Say that somebody else translated meanwhile; what was typed stays."""
        self.thing.forget_translations()
        self.data = self.data.copy()
        self.data[self.add_prefix("expected")] = translations.fingerprint(self.thing, self.target)
        self.add_error(
            None,
            _(
                "Somebody else saved these texts while you were writing, and nothing of yours is "
                "saved yet. Save again to replace theirs."
            ),
        )
        for name in self.thing.TRANSLATED:
            stored = self.thing.translations_of(name).get(self.target, "")
            if stored != as_kept(self.cleaned_data.get(name)):
                self.add_error(name, _("It now says: %(value)s") % {"value": stored or "—"})
