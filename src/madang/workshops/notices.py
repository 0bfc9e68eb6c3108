"""Mails about the programme, each to exactly the people whom it concerns."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from madang.core import events, outbox, texts
from madang.core.models import Event, Message
from madang.workshops.models import Participation, ProgrammeVersion, SignUp
from madang.workshops.programme import audience, differences, sentences, snapshot
from madang.workshops.programme.differences import Change
from madang.workshops.programme.entries import Programme

# A version was told to some; the fact `after` says who was the last of them.
TOLD_IN_PART = "programme.told_in_part"
# Mails in one transaction: on SQLite, whoever else wants to write waits until it is over.
AT_ONCE = 25


@dataclass(frozen=True)
class Publication:
    """A version of the programme beside the one before it (an empty one, for the first)."""

    version: ProgrammeVersion
    before: Programme
    after: Programme
    changes: tuple[Change, ...]

    @property
    def is_first(self) -> bool:
        return self.version.number == 1


def publication(version: ProgrammeVersion) -> Publication:
    """A published version and what it changed."""
    after = snapshot.published(version)
    earlier = ProgrammeVersion.objects.filter(edition=version.edition_id, number=version.number - 1)
    earlier_id = earlier.values_list("id", flat=True).first()
    before = snapshot.published_by_id(earlier_id) if earlier_id else snapshot.empty(after)
    return Publication(version, before, after, tuple(differences.compare(before, after)))


def tell_of_publication(event: Event) -> None:
    """Write to everybody whom a new version touches, once, each in their own language.

    So many at once as the event's transaction may hold; it leaves the others to one more event.
    """
    version = (
        ProgrammeVersion.objects.select_related("edition").defer("content").get(pk=event.thing_id)
    )
    texts.prefetch([version])
    published = publication(version)
    touched = audience.touched(version.edition, published.changes)
    names = audience.names_of_changing(published.changes)
    waiting = _reachable(touched, after=event.facts.get("after"))
    written = list(islice(waiting, AT_ONCE))
    for participation in written:
        _tell(participation, touched[participation.id], published, names)
    if next(waiting, None) is not None:
        events.record(TOLD_IN_PART, version, after=written[-1].id)


def told(version: ProgrammeVersion) -> QuerySet[Message]:
    """The messages that a version sent."""
    return outbox.about(version).select_related("subject").order_by("created_at", "id")


def _reachable(touched: Mapping[UUID, object], *, after: str | None) -> Iterator[Participation]:
    """Those with an address, always in the same order; those who come `after` one of them."""
    people = Participation.objects.filter(pk__in=touched).select_related("person__subject")
    if after is not None:
        people = people.filter(pk__gt=after)
    return (each for each in people.order_by("id") if each.person.email)


def _tell(
    participation: Participation,
    changes: Iterable[Change],
    published: Publication,
    names: Mapping[UUID, str],
) -> None:
    version, person = published.version, participation.person
    with translation.override(person.language):
        outbox.post(
            key=f"programme.published:{version.id}:{participation.id}",
            to=person,
            template="workshops/mails/programme_published",
            context={
                "person": person,
                "edition": version.edition,
                "version": version,
                "first": published.is_first,
                "note": version.wording("note"),
                "sentences": []
                if published.is_first
                else sentences.told(changes, published.before, published.after, names),
                "path": reverse("workshops:programme", args=[version.edition.slug]),
            },
            about=version,
        )


def tell_of_place(event: Event) -> None:
    """Write to somebody in the queue who was given a place."""
    asked = SignUp.objects.select_related("session__edition", "participation__person__subject").get(
        pk=event.thing_id
    )
    person = asked.participation.person
    if asked.state != SignUp.State.CONFIRMED or not person.email:
        return
    session = asked.session
    outbox.post(
        # Whoever withdraws and gets a place again later is told again: each event is one mail.
        key=f"{event.name}:{event.id}",
        to=person,
        template="workshops/mails/place_given",
        context={
            "person": person,
            "session": session,
            "edition": session.edition,
            "path": reverse("workshops:session", args=[session.edition.slug, session.id]),
        },
        about=asked,
    )
