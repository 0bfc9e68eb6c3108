"""Choosing somebody of an edition: from a list while that is short, by name where it is long.

A few thousand people in every list of a form make a page of a megabyte, in which nobody finds one.
"""

from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from madang.core import texts
from madang.workshops.models import Participation
from madang.workshops.queries import people

# Up to so many people are offered in a list; of more, a name is asked for.
SHORT_LIST = 100
# Of so many who have the same words in their name, one can be chosen.
MOST_MATCHES = 30


class Candidates:
    """Those who can be chosen, read once for all fields of a page, and only where they are used."""

    def __init__(self, found: QuerySet[Participation]) -> None:
        self._found = found

    @cached_property
    def _some(self) -> list[Participation]:
        return list(self._found[: SHORT_LIST + 1])

    @property
    def are_few(self) -> bool:
        return len(self._some) <= SHORT_LIST

    @cached_property
    def by_name(self) -> list[Participation]:
        return people.by_name(self._some if self.are_few else self._found)

    def meant_by(self, words: str) -> list[Participation]:
        """By a key the one that has it; by words those who are called so, or else partly so."""
        for one in self.by_name:
            if one.key == words:
                return [one]
        name = words.casefold()
        called_so = [one for one in self.by_name if str(one.person).casefold() == name]
        return called_so or people.matching(self.by_name, words)


class PersonField(forms.Field):
    """Somebody who takes part: a `Participation`, or None.

    What is sent is the key of a participation, from a list, or words of a name. Where several
    people have them, the field becomes a list of those.
    """

    candidates: Candidates
    present: Participation | None

    def offer(self, candidates: Candidates, present: Participation | None = None) -> None:
        """Let one of these be chosen; `present` is who stands there now."""
        self.candidates, self.present = candidates, present
        if candidates.are_few:
            self._offer_list([(one.key, str(one.person)) for one in candidates.by_name])
        else:
            self.widget = forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"})
            self.widget.is_required = self.required
            self.help_text = _(
                "A name or a part of it. Where several people have it, you choose one then."
            )

    def _offer_list(self, choices: list[tuple[str, str]]) -> None:
        self.widget = forms.Select(choices=[("", "—"), *choices])
        self.widget.is_required = self.required

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Participation):
            return value
        return value.key if isinstance(self.widget, forms.Select) else str(value.person)

    def to_python(self, value: str | None) -> Participation | None:
        words = (value or "").strip()
        if not words:
            return None
        if self.present is not None and words == str(self.present.person):
            return self.present
        found = self.candidates.meant_by(words)
        if not found:
            raise ValidationError(_("Nobody of this name can be chosen here."))
        if len(found) > MOST_MATCHES:
            raise ValidationError(_("Many people are called so: write more of the name."))
        if len(found) > 1:
            texts.prefetch_referred(found, "country")
            self._offer_list([(one.key, _name_and_country(one)) for one in found])
            raise ValidationError(_("Several people are called so: choose one of them."))
        return found[0]


def _name_and_country(one: Participation) -> str:
    country = people.country_name(one)
    return f"{one.person} · {country}" if country else str(one.person)
