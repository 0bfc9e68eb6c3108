"""Publishing the draft of a programme, and setting the draft back to what was published."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, clock, events, texts
from madang.core.audit import Actor
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import (
    Edition,
    Participation,
    ProgrammeVersion,
    Session,
    SessionPerson,
)
from madang.workshops.programme import snapshot
from madang.workshops.programme.entries import SessionEntry

PUBLISHED = "programme.published"


@transaction.atomic
def publish(
    edition: Edition, *, actor: Actor | None, notes: Mapping[str, str] | None = None
) -> ProgrammeVersion:
    """Freeze the draft as the next version, which visitors see from now on.

    `notes` says what changed, by language; the edition's own language is the one that must be
    given from the second version on. Those whom the change touches are told after the commit, by
    the event that is recorded here. Raises `RefusedError` and writes nothing where there
    is nothing to publish, nothing new, or no note.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.state != Edition.State.ANNOUNCED:
        raise RefusedError(_("Announce the edition first: until then nobody can see it."))
    content = snapshot.write(snapshot.draft(edition))
    if not content["sessions"]:
        raise RefusedError(_("No session has a time yet: there is nothing to publish."))
    fingerprint = snapshot.content_hash(content)
    previous = edition.versions.order_by("-number").first()
    note = (notes or {}).get(edition.language, "").strip()
    if previous is not None and previous.content_hash == fingerprint:
        raise RefusedError(
            _("Nothing has changed since version %(number)s.") % {"number": previous.number}
        )
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
    version.save()
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
    the version does not know lose their place and wait to be placed again. Answers the sentences
    that say what could not be brought back (a room or a person that is gone).
    """
    edition = Edition.objects.select_for_update().get(pk=version.edition_id)
    programme = snapshot.published(version)
    sessions = {session.id: session for session in Session.objects.filter(edition=edition)}
    module_ids = set(edition.modules.values_list("id", flat=True))
    room_ids = {
        room
        for site in edition.sites.prefetch_related("rooms")
        for room in (room.id for room in site.rooms.all())
    }
    people = set(Participation.objects.filter(edition=edition).values_list("id", flat=True))
    lost: list[str] = []
    for entry in programme.sessions:
        session = sessions.pop(entry.id, None)
        if session is None:
            session = Session(id=entry.id, edition=edition)
        if entry.room_id and entry.room_id not in room_ids:
            lost.append(_("The room of “%(title)s” is gone.") % {"title": entry.title})
        gone = [part for part in entry.people if part.participation_id not in people]
        if gone:
            lost.append(_("Somebody in “%(title)s” is gone.") % {"title": entry.title})
        _bring_back(session, entry, module_ids=module_ids, room_ids=room_ids)
        SessionPerson.objects.filter(session=session).delete()
        SessionPerson.objects.bulk_create(
            SessionPerson(
                session=session,
                participation_id=part.participation_id,
                role=part.role,
                order=order,
            )
            for order, part in enumerate(entry.people)
            if part not in gone
        )
    Session.objects.filter(pk__in=[session.pk for session in sessions.values()]).update(
        starts_at=None
    )
    audit.record(actor, "programme.reset", version, number=version.number)
    return lost


def _bring_back(session: Session, entry: SessionEntry, *, module_ids, room_ids) -> None:
    session.language = entry.title.source
    session.kind = entry.kind
    session.title = entry.title.texts.get(entry.title.source, "")
    session.description = entry.description.texts.get(entry.title.source, "")
    session.module_id = entry.module_id if entry.module_id in module_ids else None
    session.starts_at = entry.starts_at
    session.minutes = entry.minutes
    session.room_id = entry.room_id if entry.room_id in room_ids else None
    session.audience = entry.audience
    session.places = entry.places
    session.sign_up_until = entry.sign_up_until
    # A published version is itself the record of this state: no transition, one audit line for all.
    session.state = Session.State.CANCELLED if entry.is_cancelled else Session.State.PLANNED
    session.save()
    for field, words in (("title", entry.title), ("description", entry.description)):
        present = dict.fromkeys(session.translations_of(field), "")
        texts.translate(session, field, present | dict(words.texts))
