"""What changed in a programme from version to version, as an Atom feed."""

from itertools import pairwise

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from madang.core import feeds, languages, locales
from madang.core.feeds import Entry
from madang.core.texts import Wording
from madang.documents import rich_text
from madang.workshops.models import ProgrammeVersion
from madang.workshops.programme import differences, snapshot
from madang.workshops.programme.entries import Programme
from madang.workshops.programme.sentences import Names, told
from madang.workshops.queries import public, public_people
from madang.workshops.queries.public import EditionRow

# The newest versions that a feed tells of.
FEED_SIZE = 20


def feed(row: EditionRow, own_url: str) -> bytes:
    """The versions that were published, with their notes and what changed, in sentences."""
    edition = public.editions([row.id])[row.id]
    versions = public.versions(row)[: FEED_SIZE + 1]  # the one before the last is compared with
    programmes = {each.id: snapshot.published_by_id(each.id) for each in versions}
    people = {who for programme in programmes.values() for who in programme.participation_ids}
    names = public_people.names(people)
    entries = []
    for version, before in pairwise([*versions, None]):
        changes = _told(programmes[before.id], programmes[version.id], names) if before else ""
        entries.append(_entry(row, version, before, changes))
    title = _("Programme: %(title)s") % {"title": edition.wording("title")}
    page = reverse("workshops:versions", args=[row.slug])
    return feeds.write(title, own_url, page, entries[:FEED_SIZE], updated=edition.changed_at)


def _told(before: Programme, after: Programme, names: Names) -> SafeString:
    """What differs, a sentence an item."""
    sentences = told(differences.compare(before, after), before, after, names)
    if not sentences:
        return SafeString()
    items = ((each,) for each in sentences)
    return format_html("<ul>{}</ul>", format_html_join("\n", "<li>{}</li>", items))


def _entry(
    row: EditionRow,
    version: ProgrammeVersion,
    before: ProgrammeVersion | None,
    told: SafeString | str,
) -> Entry:
    if before is not None:
        url = reverse("workshops:difference", args=[row.slug, before.number, version.number])
        note = version.wording("note")
    else:
        url = reverse("workshops:version", args=[row.slug, version.number])
        note = version.wording("note") or Wording(_("The first programme."), "")
    number = locales.number(version.number)
    return Entry(
        id=version.id.urn,
        title=_("Version %(number)s of the programme") % {"number": number},
        url=url,
        published=version.published_at,
        updated=version.published_at,
        summary=rich_text.plain(note),
        content=format_html("{}{}", _paragraph(note), told),
    )


def _paragraph(note: Wording) -> SafeString:
    """A note, marked with its language where that is known."""
    text = rich_text.plain(note)
    if not note.language:
        return format_html("<p>{}</p>", text)
    direction = languages.direction(note.language)
    return format_html('<p lang="{}" dir="{}">{}</p>', note.language, direction, text)
