"""People as the public and participant pages name them.

Names are decrypted here, when a page is made, and live no longer than it: a page that is kept is
made anew once somebody's data change or are erased (`Edition.page_stamp`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from madang.core import texts
from madang.core.policies import Who
from madang.core.texts import Wording
from madang.people.models import Consent
from madang.workshops import rules
from madang.workshops.models import Participation
from madang.workshops.queries.public import EditionRow


@dataclass(frozen=True)
class PersonShown:
    """Somebody as a page names them. `email` is empty where they do not share it."""

    participation_id: UUID
    kind: str
    name: str
    sort_key: str
    latin_name: str
    position: str
    biography: str
    email: str
    organisation: Wording | str
    country: Wording | str

    @property
    def kind_label(self) -> str:
        return str(Participation.Kind(self.kind).label)


def names(participation_ids: Collection[UUID]) -> dict[UUID, str]:
    """People's names by the id of their participation (one query)."""
    rows = Participation.objects.filter(pk__in=participation_ids)
    return {row.id: str(row.person) for row in rows.select_related("person__subject")}


def require_shown(edition: EditionRow, who: Who, participation_id: UUID) -> None:
    """Raise `Http404` where `who` may not see a person's page, or there is none.

    Those who take part see everyone expected. The public sees who has a part in the published
    programme (no query), and who agreed to be named (one query, whatever the answer).
    """
    if edition.programme and participation_id in edition.programme.participation_ids:
        return
    rows = expected(edition).filter(pk=participation_id)
    if not rules.see_participants.can(who, edition):
        rows = rows.filter(is_public=True)
    if not rows.exists():
        raise Http404


def of_person(participation_id: UUID) -> QuerySet[Participation]:
    """One participation, as `people` takes it."""
    return _with_consents(Participation.objects.filter(pk=participation_id))


def own_participation(edition: EditionRow, who: Who) -> Participation | None:
    """As what the reader takes part, if they do (one query; none for the public)."""
    if who.person_id is None:
        return None
    return Participation.objects.filter(
        edition=edition.id, person=who.person_id, state=Participation.State.EXPECTED
    ).first()


def expected(edition: EditionRow) -> QuerySet[Participation]:
    """Everyone who is expected."""
    return _with_consents(
        Participation.objects.so_far().filter(
            edition=edition.id, state=Participation.State.EXPECTED
        )
    )


def people(rows: QuerySet[Participation]) -> list[PersonShown]:
    """People with whom and what they represent (three queries for any number)."""
    found = list(rows.select_related("person__subject", "country", "organisation"))
    texts.prefetch_referred(found, "country", "organisation")
    return [
        PersonShown(
            participation_id=row.id,
            kind=row.kind,
            name=str(row.person),
            sort_key=row.person.sort_key,
            latin_name=row.person.latin_name,
            position=row.person.position,
            biography=row.person.biography,
            email=row.person.email if row.shares_contact else "",
            organisation=_name(row.organisation),
            country=_name(row.country),
        )
        for row in found
    ]


def _name(thing: texts.Translated | None) -> Wording | str:
    return thing.wording("name") if thing is not None else ""


def _with_consents(rows: QuerySet[Participation]) -> QuerySet[Participation]:
    given = Consent.objects.filter(person=OuterRef("person"), withdrawn_at=None)
    return rows.annotate(
        is_public=Exists(given.filter(purpose=Consent.Purpose.PUBLIC_NAME)),
        shares_contact=Exists(given.filter(purpose=Consent.Purpose.SHARED_CONTACT)),
    )
