"""A release written from what an edition knows: before the week, and after it.

Every figure is counted at that moment (`reports.figures`); the secretariat then writes on. The
phrases are those of the catalogue, so a draft comes in every language of the interface.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.attendance.queries import by_session
from madang.certificates import queries as certificates
from madang.core import locales, texts
from madang.learning.queries import learned
from madang.newsroom.models import Release
from madang.nominations.models import Sector
from madang.reports import figures
from madang.workshops.models import Edition, EditionPartner
from madang.workshops.queries import public

# A field in every language.
Wordings = Mapping[str, Mapping[str, str]]
_SECTORS = (
    Sector.GOVERNMENT,
    Sector.ACADEMIA,
    Sector.CIVIL_SOCIETY,
    Sector.PRIVATE,
    Sector.INTERNATIONAL,
)


def written(edition: Edition, kind: str) -> Wordings:
    """Title, lead and body by field and language: of a summary after the week, or a release before.

    Raises ValueError for a kind that has no draft.
    """
    write = {Release.Kind.PRESS_RELEASE: _before, Release.Kind.SUMMARY: _after}.get(
        Release.Kind(kind)
    )
    if write is None:
        raise ValueError(f"There is no draft of a release of the kind {kind}.")
    texts.prefetch([edition])
    texts.prefetch([edition.country])
    came = figures.taken_part(edition)
    found: dict[str, dict[str, str]] = {field: {} for field in Release.TRANSLATED}
    for code, _name in settings.LANGUAGES:
        with translation.override(code), timezone.override(edition.zone):
            for field, text in write(edition, came).items():
                found[field][code] = text
    return found


def _before(edition: Edition, came: figures.TakenPart) -> dict[str, str]:
    paragraphs = [
        _("%(title)s takes place in %(place)s, %(dates)s.") % _facts(edition),
        _organised(edition),
        _modules(edition),
    ]
    lead = _("%(people)s meet in %(place)s, %(dates)s.") % {
        **_facts(edition), "people": representatives(came),
    }  # fmt: skip
    return {
        "title": _title(_("%(countries)s in %(city)s: %(title)s"), edition, came),
        "lead": lead,
        "body": _body(paragraphs),
    }


def _after(edition: Edition, came: figures.TakenPart) -> dict[str, str]:
    lead = _("%(people)s took part in %(title)s.") % {
        **_facts(edition), "people": representatives(came),
    }  # fmt: skip
    paragraphs = [
        _("%(title)s took place in %(place)s, %(dates)s.") % _facts(edition),
        _organised(edition),
        _modules(edition),
        *_outcome(edition),
    ]
    return {
        "title": _title(_("What %(countries)s did in %(city)s: %(title)s"), edition, came),
        "lead": lead,
        "body": _body(paragraphs),
    }


def representatives(came: figures.TakenPart) -> str:
    """“37 representatives of government, academia and civil society from 21 countries”.

    In the active language; without sectors where none is known.
    """
    labels = dict(Sector.choices)
    sectors = [str(labels[code]) for code in _SECTORS if came.sectors.get(code)]
    facts = {
        "number": locales.number(came.people),
        "sectors": _listed(sectors),
        "countries": _countries(came),
    }
    if not sectors:
        said = ngettext(
            "%(number)s participant from %(countries)s",
            "%(number)s participants from %(countries)s",
            came.people,
        )
        return said % facts
    said = ngettext(
        "%(number)s representative of %(sectors)s from %(countries)s",
        "%(number)s representatives of %(sectors)s from %(countries)s",
        came.people,
    )
    return said % facts


def _countries(came: figures.TakenPart) -> str:
    count = len(came.countries)
    said = ngettext("%(number)s country", "%(number)s countries", count)
    return said % {"number": locales.number(count)}


def _listed(words: Sequence[str]) -> str:
    """Words with their commas and an “and” before the last."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {
        "first": locales.listed(words[:-1]), "last": words[-1],
    }  # fmt: skip


def _facts(edition: Edition) -> dict[str, str]:
    place = (edition.wording("city"), edition.country.wording("name"))
    return {
        "title": str(edition.wording("title")),
        "city": str(edition.wording("city")),
        "place": locales.listed(part for part in place if part),
        "dates": locales.date_range(edition.starts_on, edition.ends_on),
    }


def _title(said: str, edition: Edition, came: figures.TakenPart) -> str:
    longest: Any = Release._meta.get_field("title").max_length
    title = said % {**_facts(edition), "countries": _countries(came)}
    return title if len(title) <= longest else f"{title[: longest - 1].rstrip()}…"


def _organised(edition: Edition) -> str:
    partners = public.partners(edition.pk)
    by_role = {
        role: [str(it.organisation.wording("name")) for it in partners if it.role == role]
        for role in EditionPartner.Role
    }
    organisers = by_role[EditionPartner.Role.ORGANISER]
    others = [*by_role[EditionPartner.Role.PARTNER], *by_role[EditionPartner.Role.SUPPORTER]]
    facts = {"organisers": _listed(organisers), "others": _listed(others)}
    if organisers and others:
        return _("It is organised by %(organisers)s, with %(others)s.") % facts
    return _("It is organised by %(organisers)s.") % facts if organisers else ""


def _modules(edition: Edition) -> str:
    modules = list(edition.modules.all())
    if not modules:
        return ""
    texts.prefetch(modules)
    lines = "\n".join(f"- {module.wording('title')}" for module in modules)
    return f"{_('Its modules:')}\n\n{lines}"


def _outcome(edition: Edition) -> list[str]:
    """What can be counted after the week; nothing of what is not known or not told."""
    found = []
    held = [count for count in by_session(edition) if count.is_over and count.came]
    if held:
        said = ngettext("%(number)s session was held.", "%(number)s sessions were held.", len(held))
        found.append(said % {"number": locales.number(len(held))})
    gain = learned(edition)
    if gain is not None and gain.overall.gain is not None:
        said = _("Of what participants did not know before the week, they learned %(share)s.")
        found.append(said % {"share": locales.percent(gain.overall.gain)})
    issued = certificates.numbers(edition)
    if issued.attended + issued.completed:
        number = issued.attended + issued.completed
        said = ngettext(
            "%(number)s certificate was issued.", "%(number)s certificates were issued.", number
        )
        found.append(said % {"number": locales.number(number)})
    accepted = edition.recommendations.filter(state="accepted").count()
    if accepted:
        said = ngettext(
            "The next workshop answers %(number)s recommendation of this one.",
            "The next workshop answers %(number)s recommendations of this one.",
            accepted,
        )
        found.append(said % {"number": locales.number(accepted)})
    return [" ".join(found)] if found else []


def _body(paragraphs: Sequence[str]) -> str:
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
