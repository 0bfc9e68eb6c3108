"""Editions and sessions for search engines and calendars: schema.org events as JSON-LD.

A data block is no script that runs, so the content security policy lets it be; every `<` in it is
escaped, so that no text can end it.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from madang.core import addresses
from madang.documents import rich_text
from madang.workshops.models import Edition, EditionPartner
from madang.workshops.programme.entries import Programme, SessionEntry

_OFFLINE = "https://schema.org/OfflineEventAttendanceMode"
_SCHEDULED = "https://schema.org/EventScheduled"
_CANCELLED = "https://schema.org/EventCancelled"
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def of_edition(edition: Edition, partners: Iterable[EditionPartner]) -> SafeString:
    """The data block of an edition."""
    return _block(
        {
            **_edition(edition),
            "description": str(edition.wording("lead")),
            "inLanguage": edition.language,
            "organizer": [
                {
                    "@type": "Organization",
                    "name": str(partner.organisation.wording("name")),
                    "url": partner.organisation.website,
                }
                for partner in partners
                if partner.role == EditionPartner.Role.ORGANISER
            ],
        }
    )


def of_session(
    entry: SessionEntry, programme: Programme, edition: Edition, performers: Iterable[str]
) -> SafeString:
    """The data block of a session, within its edition."""
    room = programme.room_by_id.get(entry.room_id)
    return _block(
        {
            "@type": "EducationEvent",
            "name": str(entry.title),
            "description": rich_text.plain(entry.description.wording())[:500],
            "url": addresses.of("workshops:session", edition.slug, entry.id),
            "startDate": entry.starts_at.isoformat(),
            "endDate": entry.ends_at.isoformat(),
            "eventStatus": _CANCELLED if entry.is_cancelled else _SCHEDULED,
            "eventAttendanceMode": _OFFLINE,
            "location": {
                "@type": "Place",
                "name": f"{room.name}, {room.site}" if room else str(edition.wording("venue")),
                "address": str(room.address) if room and room.address else _city(edition),
            },
            "performer": [{"@type": "Person", "name": name} for name in performers],
            "superEvent": _edition(edition),
        }
    )


def _edition(edition: Edition) -> dict[str, Any]:
    return {
        "@type": "EducationEvent",
        "name": str(edition.wording("title")),
        "url": addresses.of("workshops:edition", edition.slug),
        "startDate": edition.starts_on.isoformat(),
        "endDate": edition.ends_on.isoformat(),
        "eventStatus": _SCHEDULED,
        "eventAttendanceMode": _OFFLINE,
        "location": {
            "@type": "Place",
            "name": str(edition.wording("venue")) or str(edition.wording("city")),
            "address": _city(edition),
        },
    }


def _city(edition: Edition) -> dict[str, str]:
    return {
        "@type": "PostalAddress",
        "addressLocality": str(edition.wording("city")),
        "addressCountry": edition.country.alpha2,
    }


def _block(event: Mapping[str, Any]) -> SafeString:
    told = {name: value for name, value in event.items() if value not in ("", [], None)}
    text = json.dumps({"@context": "https://schema.org", **told}, ensure_ascii=False)
    escaped = text.translate(_ESCAPES)
    return mark_safe(  # noqa: S308 - nothing in it can end the block
        f'<script type="application/ld+json">{escaped}</script>'
    )
