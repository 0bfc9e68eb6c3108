"""Publishing the draft of a programme, and setting the draft back to what was published."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, clock, events, texts
from madang.core.audit import Actor
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import (
    Edition,
    Participation,
    ProgrammeVersion,
    Room,
    Session,
    SessionPerson,
)
from madang.workshops.programme import snapshot
from madang.workshops.programme.entries import PartEntry, SessionEntry
from madang.workshops.programme.sentences import isolated

PUBLISHED = "programme.published"


@transaction.atomic
def publish(
    edition: Edition,
    *,
    actor: Actor | None,
    notes: Mapping[str, str] | None = None,
    seen: str = "",
) -> ProgrammeVersion:
    """Freeze the draft as the next version, which visitors see from now on.

    `notes` says what changed, by language; the edition's own language is the one that must be
    given from the second version on. `seen` is the fingerprint of the draft that was looked at
    (`Preview.fingerprint`): another one is not published. Those whom the change touches are told
    after the commit, by the event that is recorded here. Raises `RefusedError` and writes nothing
    where there is nothing to publish, nothing new, no note, or something else than was looked at.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.state != Edition.State.ANNOUNCED:
        raise RefusedError(_("Announce the edition first: until then nobody can see it."))
    content = snapshot.write(snapshot.draft(edition))
    if not content["sessions"]:
        raise RefusedError(_("No session has a time yet: there is nothing to publish."))
    fingerprint = snapshot.content_hash(content)
    previous = edition.versions.defer("content").order_by("-number").first()
    note = (notes or {}).get(edition.language, "").strip()
    if previous is not None and previous.content_hash == fingerprint:
        raise RefusedError(
            _("Nothing has changed since version %(number)s.") % {"number": previous.number}
        )
    if seen and seen != fingerprint:
        raise RefusedError(_("The draft has changed since you looked at it. Look at it again."))
    if previous is not None and not note:
        raise RefusedError(
            _("Say in a sentence what changed: it goes out with the message."),
            f"note_{edition.language}",
        )
    version = ProgrammeVersion(
        edition=edition,
        number=previous.number + 1 if previous else 1,
        published_at=clock.now(),
        language=edition.language,
        note=note,
        content=content,
        content_hash=fingerprint,
    )
    version.save(force_insert=True)
    texts.translate(version, "note", notes or {})
    edition.published = version
    edition.page_stamp += 1
    edition.save(update_fields=["published", "page_stamp"])
    audit.record(actor, "programme.published", version, number=version.number)
    events.record(PUBLISHED, version)
    return version


@transaction.atomic
def reset_draft(version: ProgrammeVersion, *, actor: Actor | None) -> list[str]:
    """Set the draft back to a published version; what was planned since is kept, but unplaced.

    Texts, times, rooms and people of the version's sessions become what they were. Sessions that
    the version does not know lose their place and wait to be placed again; those that stand as
    they stood are not touched. Answers the sentences that say what could not be brought back (a
    room, a module or a person that is gone).
    """
    edition = Edition.objects.select_for_update().get(pk=version.edition_id)
    sessions = Session.objects.select_for_update().filter(edition=edition)
    rows = {session.id: session for session in sessions}
    now = snapshot.draft(edition)
    standing = _Standing.of(edition)
    lost: list[str] = []
    for entry in snapshot.published(version).sessions:
        session = rows.pop(entry.id, None)
        if now.session_by_id.get(entry.id) == entry:
            continue
        lost += standing.missing(entry)
        _bring_back(session or Session(id=entry.id, edition=edition), entry, standing, actor)
    for session in rows.values():
        if session.starts_at is not None:
            session.starts_at = None
            session.save(update_fields=["starts_at"])
    audit.record(actor, "programme.reset", version, number=version.number)
    return lost


@dataclass(frozen=True)
class _Standing:
    """What is still there of what the sessions of an older version refer to."""

    modules: Collection[UUID]
    rooms: Collection[UUID]
    people: Collection[UUID]

    @classmethod
    def of(cls, edition: Edition) -> "_Standing":
        rows = (
            edition.modules.all(),
            Room.objects.filter(site__edition=edition),
            Participation.objects.filter(edition=edition),
        )
        return cls(*(set(found.values_list("id", flat=True)) for found in rows))

    def parts(self, entry: SessionEntry) -> list[PartEntry]:
        return [part for part in entry.people if part.participation_id in self.people]

    def missing(self, entry: SessionEntry) -> list[str]:
        title = {"title": isolated(entry.title)}
        said = []
        if entry.room_id and entry.room_id not in self.rooms:
            said.append(_("The room of “%(title)s” is gone.") % title)
        if entry.module_id and entry.module_id not in self.modules:
            said.append(_("The module of “%(title)s” is gone.") % title)
        if len(self.parts(entry)) < len(entry.people):
            said.append(_("Somebody in “%(title)s” is gone.") % title)
        return said


def _bring_back(
    session: Session, entry: SessionEntry, standing: _Standing, actor: Actor | None
) -> None:
    session.language = entry.title.source
    session.kind = entry.kind
    session.title = entry.title.texts.get(entry.title.source, "")
    session.description = entry.description.texts.get(entry.title.source, "")
    session.module_id = entry.module_id if entry.module_id in standing.modules else None
    session.starts_at = entry.starts_at
    session.minutes = entry.minutes
    session.room_id = entry.room_id if entry.room_id in standing.rooms else None
    session.audience = entry.audience
    session.places = entry.places
    session.sign_up_until = entry.sign_up_until
    session.save()
    for field, words in (("title", entry.title), ("description", entry.description)):
        gone = dict.fromkeys(session.translations_of(field), "")
        texts.translate(session, field, gone | dict(words.texts))
    if entry.is_cancelled != (session.state == Session.State.CANCELLED):
        change = session.cancel if entry.is_cancelled else session.reinstate
        change(actor=actor)
    session.people.all().delete()
    SessionPerson.objects.bulk_create(
        SessionPerson(
            session=session,
            participation_id=part.participation_id,
            role=part.role,
            order=order,
            version=1,
        )
        for order, part in enumerate(standing.parts(entry))
    )
