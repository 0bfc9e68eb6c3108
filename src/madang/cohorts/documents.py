"""The minutes of a decision: what they say, as data for their template (`minutes.typ`)."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.cohorts.models import Verdict
from madang.cohorts.queries.decisions import Minutes
from madang.core import clock, links, locales
from madang.core.models import Approval
from madang.core.policies import Who
from madang.documents.typesetting import ACCESSIBLE, TypesettingError, typeset_apart

TEMPLATE = "cohorts/minutes.typ"


def minutes(said: Minutes, approval: Approval | None, *, who: Who) -> bytes:
    """The minutes as a PDF, in the language that is active.

    `approval` is the one by which they are in force; without it they are marked as a draft. A name
    for which no font is here stands by its number: then they are no accessible document, but there.
    """
    data = minutes_data(said, approval, who)
    try:
        return typeset_apart(TEMPLATE, data, moment=clock.now(), standard=ACCESSIBLE)
    except TypesettingError:
        return typeset_apart(TEMPLATE, data, moment=clock.now())


def minutes_data(said: Minutes, approval: Approval | None, who: Who) -> dict[str, Any]:
    """What the template shows, as plain JSON."""
    edition = said.decision.edition
    return {
        "language": get_language() or settings.LANGUAGE_CODE,
        "title": _("Minutes: decision %(number)s on the cohort")
        % {"number": locales.number(said.decision.number)},
        "edition": str(edition.wording("title")),
        "dates": locales.date_range(edition.starts_on, edition.ends_on),
        "state": _approved(approval, who),
        "is_draft": approval is None,
        "claims": _claims(said),
        "headings": {
            "rules": _("Rules"),
            "pins": _("Decided apart from the method"),
            "remarks": _("Remarks"),
            "chosen": _("Chosen"),
            "reserves": _("In reserve, in this order"),
            "not_chosen": _("Not chosen"),
            "signature": _("Director"),
        },
        "rules": said.rules or [_("no quota")],
        "pins": [
            _("nomination %(number)s: %(decided)s")
            % {
                "number": locales.number(pin.nomination.number),
                "decided": pin.get_kind_display(),
            }
            for pin in said.pins
        ],
        "remarks": said.decision.remarks,
        "chosen": [_line(verdict) for verdict in said.chosen],
        "reserves": [_line(verdict) for verdict in said.reserves],
        "not_chosen": locales.listed(
            locales.number(verdict.nomination.number) for verdict in said.not_chosen
        ),
        "digest": approval.digest if approval is not None else "",
        "digest_said": _("Fingerprint of what was approved"),
    }


def _line(verdict: Verdict) -> dict[str, str]:
    nomination = verdict.nomination
    return {
        "name": str(nomination.person),
        "latin": nomination.person.latin_name,
        "country": str(nomination.country.wording("name")),
        "sector": nomination.get_sector_display(),
        "number": locales.number(nomination.number),
    }


def _approved(approval: Approval | None, who: Who) -> str:
    if approval is None or approval.approved_at is None:
        return _("Draft: not approved yet.")
    director = links.resolve({links.account(approval.director_id)}, who)
    names = [link.title for link in director.values()]
    words = {
        "director": names[0] if names else _("the director"),
        "day": locales.calendar_date(approval.approved_at, "long"),
    }
    return _("Approved by %(director)s on %(day)s.") % words


def _claims(said: Minutes) -> list[str]:
    """How the cohort was found, and what proves it."""
    facts = said.facts
    lines = [
        _("%(chosen)s chosen from %(countries)s countries; %(reserves)s in reserve.")
        % {
            "chosen": locales.number(len(said.chosen)),
            "countries": locales.number(said.countries),
            "reserves": locales.number(len(said.reserves)),
        }
    ]
    drawing = facts.get("drawing")
    if drawing:
        lines += [
            _("Drawn by a lottery with chances as equal as the rules allow."),
            _("Fingerprint of list, rules and cohorts: %(digest)s") % {"digest": drawing["digest"]},
            _("What the dice showed: %(seed)s") % {"seed": drawing["seed"]},
            _("Fingerprint of the result: %(digest)s") % {"digest": drawing["result"]},
            _("Lotteries drawn for this edition: %(count)s")
            % {"count": locales.number(drawing["count"])},
        ]
    elif facts["status"] == "optimal":
        lines.append(
            _("Total merit %(merit)s: proven that no cohort within the rules exceeds it.")
            % {"merit": locales.number(facts["merit"], 1)}
        )
    else:
        lines.append(
            _("Total merit %(merit)s; no cohort within the rules exceeds %(bound)s.")
            % {
                "merit": locales.number(facts["merit"], 1),
                "bound": locales.number(facts["bound"], 1),
            }
        )
    lines.append(_("Fingerprint of what was solved: %(digest)s") % {"digest": facts["fingerprint"]})
    return lines
