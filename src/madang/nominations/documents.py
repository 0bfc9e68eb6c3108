"""The letter of the call to a government, as data for its template (`call_letter.typ`)."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from madang.core import addresses, clock, languages, locales, texts
from madang.core.texts import Wording
from madang.documents import rich_text, verification
from madang.documents.models import IssuedDocument
from madang.documents.typesetting import typeset, typeset_apart
from madang.nominations import clocks, deadlines
from madang.nominations.models import Invitation
from madang.workshops.models import EditionPartner
from madang.workshops.queries import public

TEMPLATE = "nominations/call_letter.typ"


def call_letter(invitation: Invitation, document: IssuedDocument, *, apart: bool) -> bytes:
    """The letter as a PDF, in the language of the country's letters.

    `apart` sets it in a process of its own, as web processes do.
    """
    with translation.override(invitation.language):
        data = letter_data(invitation, document)
    return (typeset_apart if apart else typeset)(TEMPLATE, data, moment=clock.now())


def letter_data(invitation: Invitation, document: IssuedDocument) -> dict[str, Any]:
    """What the template shows, as plain JSON, in the language that is active."""
    call, edition, language = invitation.call, invitation.call.edition, invitation.language
    texts.prefetch([call])
    deadline = deadlines.of(call, invitation)
    partners = public.partners(edition.pk)
    organisers = [it for it in partners if it.role == EditionPartner.Role.ORGANISER]
    organisation = invitation.organisation
    country = invitation.country
    return {
        "language": language if language in dict(settings.LANGUAGES) else "en",
        "organisers": [str(it.organisation.wording("name", language)) for it in organisers],
        "title": _("Call for nominations"),
        "edition": str(edition.wording("title", language)),
        "reference": [_("Reference"), document.reference],
        "date": locales.calendar_date(clock.today(edition.zone), "long"),
        "to": [
            *([str(organisation.wording("name", language))] if organisation is not None else []),
            str(country.wording("formal_name", language) or country.wording("name", language)),
        ],
        "opening": _(
            "The organisers present their compliments and have the honour to invite your "
            "government to nominate officials for “%(edition)s”, in %(city)s, %(dates)s."
        )
        % {
            "edition": edition.wording("title", language),
            "city": edition.wording("city", language),
            "dates": locales.date_range(edition.starts_on, edition.ends_on),
        },
        "introduction": _rich(call.wording("introduction", language), language),
        "eligibility": _rich(call.wording("eligibility", language), language),
        "headings": {"eligibility": _("Who may be nominated"), "deadline": _("Until when")},
        "deadline": _moment(deadline, call) if deadline is not None else "",
        "elsewhere": [
            _("%(places)s: %(moment)s")
            % {"places": locales.listed(each.places), "moment": _on_clock(each.moment)}
            for each in (clocks.elsewhere([country], deadline) if deadline is not None else [])
        ],
        "limit": _limit(call.most_per_country),
        "how": _(
            "Your focal point receives a link by mail that opens the form without an account. "
            "Nominations on paper, by fax or by mail are taken as well."
        ),
        "endorsement": _("A superior endorses each nomination.") if call.endorsement_needed else "",
        "page": addresses.whole(reverse("nominating:call", args=[edition.slug])),
        "closing": _(
            "The organisers avail themselves of this opportunity to renew the assurances of their "
            "highest consideration."
        ),
        "code": [
            _("Verify this letter"),
            verification.code(document),
            verification.address(document),
        ],
    }


def _moment(moment: Any, call: Any) -> str:
    return f"{_on_clock(moment.astimezone(call.zone))} ({call.zone_name})"


def _on_clock(moment: Any) -> str:
    zone = moment.tzinfo
    return locales.listed(
        [locales.calendar_date(moment, "full", zone), locales.clock_time(moment, zone)]
    )


def _limit(most: int | None) -> str:
    if most is None:
        return ""
    return _("Nominations a country may send at most: %(number)s") % {
        "number": locales.number(most)
    }


def _rich(text: Wording, language: str) -> dict[str, Any]:
    """A text in Markdown with its language, none where it is that of the letter."""
    base = languages.base(text.language)
    lang = "" if base == languages.base(language) else base
    return {"lang": lang, "blocks": rich_text.tree(text)}
