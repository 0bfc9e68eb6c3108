"""The method's codes and numbers as sentences for the secretariat.

They name nominees, so they stay with whoever may see the selection; a ministry is told the neutral
reason of a verdict (`cohorts.reasons`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.core import locales
from madang.nominations.attributes import Attribute
from madang.workshops.programme.sentences import isolated

# So many names stand in a sentence before the rest is counted.
MOST_NAMES = 4
# The method's codes as JSON has them.
Codes = Mapping[str, Any]


@dataclass(frozen=True)
class Telling:
    """What sentences speak of: nominees by id, attributes by name, and the money's currency."""

    names: Mapping[str, str]
    attributes: Mapping[str, Attribute]
    currency: str = ""

    # --- Parts of sentences ---------------------------------------------------------------------
    def who(self, key: str) -> str:
        return isolated(self.names.get(key) or _("somebody"))

    def listed(self, keys: Sequence[str]) -> str:
        shown = [self.who(key) for key in keys[:MOST_NAMES]]
        more = len(keys) - MOST_NAMES
        if more > 0:
            said = ngettext("%(number)s more", "%(number)s more", more)
            shown.append(said % {"number": locales.number(more)})
        return locales.listed(shown)

    def kind(self, attribute: str, value: str) -> str:
        """Nominees of one kind, such as “sector: civil society”."""
        known = self.attributes.get(attribute)
        if known is None:
            return f"{attribute}: {value}"
        return _("%(attribute)s: %(value)s") % {
            "attribute": known.label,
            "value": known.value_label(value),
        }

    def points(self, value: float) -> str:
        shown = round(value, 1)
        text = ngettext("%(points)s point", "%(points)s points", 1 if shown == 1 else 2)
        return text % {"points": locales.number(shown, 0 if shown == int(shown) else 1)}

    def money(self, value: float) -> str:
        return f"{locales.number(round(value))} {self.currency}".strip()

    def rule(self, rule: Codes) -> str:
        """A rule that stands in the way."""
        if rule["kind"] == "quota":
            words = {
                "number": locales.number(int(rule["at"])),
                "kind": self.kind(rule["attribute"], rule["value"]),
            }
            if rule["limit"] == "min":
                return _("at least %(number)s of “%(kind)s”") % words
            return _("at most %(number)s of “%(kind)s”") % words
        if rule["kind"] == "budget":
            return _("the budget of %(amount)s") % {"amount": self.money(rule["at"])}
        return _("that %(who)s is in") % {"who": self.who(rule["id"])}

    # --- Why somebody is in or out ---------------------------------------------------------------
    def reason(self, reason: Codes, key: str = "") -> str:
        """Why a nominee is chosen or is not, in one or two sentences that do not name them."""
        others = {
            side: [each for each in reason[side] if each != key] for side in ("enters", "leaves")
        }
        reason = {**reason, **others}
        said = _REASONS[reason["chosen"], reason["code"]](self, reason)
        if reason["indistinguishable"] and reason["code"] == "merit":
            said += " " + _("That is within the uncertainty of the scores: indistinguishable.")
        return said

    def exchange(self, codes: Codes) -> str:
        """Who comes in and who goes out."""
        enters, leaves = codes["enters"], codes["leaves"]
        words = {"enters": self.listed(enters), "leaves": self.listed(leaves)}
        if enters and leaves:
            return _("in: %(enters)s; out: %(leaves)s") % words
        if enters:
            return _("in: %(enters)s") % words
        return _("out: %(leaves)s") % words if leaves else _("nobody else changes")

    def in_the_way(self, reason: Codes) -> str:
        rules = [self.rule(rule) for rule in reason["rules"]]
        return " " + _("In the way: %(rules)s.") % {"rules": locales.listed(rules)} if rules else ""

    # --- What a rule costs ----------------------------------------------------------------------
    def moved(self, change: Codes) -> str:
        """What moves: “one more of …”, “at most one fewer of …”, “one seat more”."""
        if change["kind"] == "seats":
            return _("One seat more") if change["by"] > 0 else _("One seat fewer")
        if change["kind"] == "budget":
            amount = {"amount": self.money(abs(change["by"]))}
            if change["by"] > 0:
                return _("%(amount)s more for travel") % amount
            return _("%(amount)s less for travel") % amount
        words = {"kind": self.kind(change["attribute"], change["value"])}
        return _moves(change["limit"], rises=change["by"] > 0) % words

    def cost(self, change: Codes) -> str:
        """What it comes to, in one sentence."""
        if change["objective"] is None:
            if not change["proven"]:
                return _("It could not be told in the time allowed.")
            return _("No cohort keeps the rules then.")
        points = change["points"] or 0
        if not points:
            return _("It costs nothing: %(who)s.") % {"who": self.exchange(change)}
        words = {"points": self.points(abs(points)), "who": self.exchange(change)}
        if points < 0:
            return _("It costs %(points)s: %(who)s.") % words
        return _("It gains %(points)s: %(who)s.") % words

    # --- When no cohort keeps the rules -----------------------------------------------------------
    def relaxation(self, codes: Codes) -> str:
        """One rule that would have to give way, and by how much."""
        kind = codes["kind"]
        number = locales.number(codes["by"])
        if kind == "quota":
            words = {"number": number, "kind": self.kind(codes["attribute"], codes["value"])}
            if codes["limit"] == "min":
                return _("“%(kind)s”: %(number)s fewer at least") % words
            return _("“%(kind)s”: %(number)s more at most") % words
        if kind == "budget":
            return _("%(amount)s more for travel") % {"amount": self.money(codes["by"])}
        if kind == "seats":
            if codes["limit"] == "min":
                return _("%(number)s seats fewer") % {"number": number}
            return _("%(number)s seats more") % {"number": number}
        who = {"who": self.who(codes["id"])}
        if kind == "include":
            return _("%(who)s need not be in") % who
        return _("%(who)s may be in after all") % who

    def relaxations(self, codes: Iterable[Codes]) -> list[str]:
        return [self.relaxation(each) for each in codes]


def _short(told: Telling, reason: Codes) -> str:
    words = {"points": told.points(reason["points"] or 0), "who": told.exchange(reason)}
    said = _("%(points)s short of the best cohort; with them %(who)s.") % words
    return said + told.in_the_way(reason)


def _worth(told: Telling, reason: Codes) -> str:
    words = {"points": told.points(reason["points"] or 0), "who": told.exchange(reason)}
    return _("Without them the best cohort loses %(points)s; %(who)s.") % words


def _blocked(told: Telling, reason: Codes) -> str:
    what = locales.listed(told.relaxations(reason["relaxations"]))
    if what:
        return _("No cohort with them keeps the rules; it would take: %(what)s.") % {"what": what}
    return _("No cohort with them keeps the rules.") + told.in_the_way(reason)


def _needed(told: Telling, reason: Codes) -> str:
    rules = locales.listed(told.rule(rule) for rule in reason["rules"])
    if rules:
        return _("Needed for: %(rules)s.") % {"rules": rules}
    return _("No cohort without them keeps the rules.")


def _undecided(_told: Telling, _reason: Codes) -> str:
    return _("This could not be worked out in the time allowed.")


def _tie_out(told: Telling, reason: Codes) -> str:
    return _("A cohort with them is worth the same: %(who)s.") % {"who": told.exchange(reason)}


def _tie_in(told: Telling, reason: Codes) -> str:
    return _("A cohort without them is worth the same: %(who)s.") % {"who": told.exchange(reason)}


_REASONS = {
    (False, "merit"): _short,
    (True, "merit"): _worth,
    (False, "tie"): _tie_out,
    (True, "tie"): _tie_in,
    (False, "rules"): _blocked,
    (True, "needed"): _needed,
    (False, "excluded"): lambda _told, _reason: _("Kept out by decision."),
    (True, "included"): lambda _told, _reason: _("In by decision."),
    (False, "undecided"): _undecided,
    (True, "undecided"): _undecided,
}


def _moves(limit: str | None, *, rises: bool) -> str:
    """What happens to a quota, by which of its ends moves."""
    return {
        (None, True): _("One more of “%(kind)s”"),
        (None, False): _("One fewer of “%(kind)s”"),
        ("min", True): _("At least one more of “%(kind)s”"),
        ("min", False): _("At least one fewer of “%(kind)s”"),
        ("max", True): _("At most one more of “%(kind)s”"),
        ("max", False): _("At most one fewer of “%(kind)s”"),
    }[limit, rises]


def quota_in_words(quota: Any, attributes: Mapping[str, Attribute]) -> str:
    """A quota as minutes and pages state it: “country: each – at most 3”."""
    kind = Telling({}, attributes).kind(quota.attribute, quota.value)
    least, most = quota.minimum, quota.maximum
    words = {
        "kind": kind,
        "least": locales.number(least),
        "most": "" if most is None else locales.number(most),
    }
    if most is None:
        return _("%(kind)s – at least %(least)s") % words
    if not least:
        return _("%(kind)s – at most %(most)s") % words
    return _("%(kind)s – from %(least)s to %(most)s") % words
