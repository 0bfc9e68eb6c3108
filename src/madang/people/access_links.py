"""Links that open a form to somebody without an account.

A link in a mail identifies, it does not empower: it opens forms to fill. To see or change what was
given before, a code is asked that goes to the address of the link's person (`send_code`,
`enter_code`). Links expire and can be revoked; pages act on POST only.

Each app registers what its links are for::

    access_links.register(Purpose("offer", _("answer an offer"), "cohorts:answer"))
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from madang.core import addresses, audit, clock, outbox, vault
from madang.people.actions.refusal import RefusedError
from madang.people.models import AccessLink, MailedCode, Person

CODE_LASTS = timedelta(minutes=15)
ADMITTED_FOR = timedelta(hours=2)
MOST_ATTEMPTS = 5
MOST_CODES_AN_HOUR = 6
_SESSION_KEY = "admitted"
_NO_ID = UUID(int=0)

T = TypeVar("T", bound=models.Model)


@dataclass(frozen=True)
class Purpose:
    """What links are for, and the name of the address that takes their token."""

    name: str
    label: str | Promise
    url_name: str


_purposes: dict[str, Purpose] = {}


def register(purpose: Purpose) -> None:
    """Declare a purpose; called from an app's `ready()`."""
    _purposes[purpose.name] = purpose
    audit.register_words("purpose", {purpose.name: purpose.label})


@transaction.atomic
def give(
    purpose: str,
    thing: models.Model,
    person: Person,
    *,
    until: datetime,
    actor: audit.Actor | None,
) -> AccessLink:
    """The link of a person for a thing: the one that holds, prolonged, or a new one."""
    # Two who ask for it at once get the same link.
    type(thing)._base_manager.select_for_update(no_key=True, of=("self",)).get(pk=thing.pk)
    link = (
        AccessLink.objects.select_for_update()
        .filter(
            purpose=purpose, thing_model=thing._meta.label_lower, thing_id=thing.pk,
            person=person, revoked_at__isnull=True,
        )
        .first()
    )  # fmt: skip
    if link is not None:
        if link.expires_at < until:
            link.expires_at = until
            link.save(update_fields=["expires_at"])
        return link
    link = AccessLink(
        purpose=purpose, thing_model=thing._meta.label_lower, thing_id=thing.pk,
        person=person, expires_at=until,
    )  # fmt: skip
    link.digest = _digest(_token(link))
    link.save(force_insert=True)
    audit.record(actor, "access_link.given", thing, purpose=purpose)
    return link


@transaction.atomic
def revoke(link: AccessLink, *, actor: audit.Actor | None) -> None:
    """The address opens nothing any more."""
    stored = AccessLink.objects.select_for_update().get(pk=link.pk)
    if stored.revoked_at is None:
        stored.revoked_at = link.revoked_at = clock.now()
        stored.save(update_fields=["revoked_at"])
        audit.record(actor, "access_link.revoked", _purpose_thing(stored), purpose=stored.purpose)


def of(thing: models.Model, purpose: str = "") -> models.QuerySet[AccessLink]:
    """The links that are about a thing, the newest first; of one purpose, or of every."""
    links = AccessLink.objects.filter(thing_model=thing._meta.label_lower, thing_id=thing.pk)
    if purpose:
        links = links.filter(purpose=purpose)
    return links.select_related("person__subject").order_by("-created_at")


def address(link: AccessLink) -> str:
    """The whole secret address of a link; empty where the master key is no longer the same."""
    token = _token(link)
    if not hmac.compare_digest(_digest(token), link.digest):
        return ""
    return addresses.of(_purposes[link.purpose].url_name, token)


def holds(link: AccessLink) -> bool:
    """Whether the link still opens anything."""
    return link.revoked_at is None and link.expires_at > clock.now()


def find(purpose: str, token: str, things: models.QuerySet[T]) -> tuple[AccessLink, T]:
    """The link of an address that still holds, and the thing it is about.

    Raises `Http404` for any other address, whether it is wrong, over or revoked.
    """
    link = (
        AccessLink.objects.filter(digest=_digest(token), purpose=purpose)
        .select_related("person__subject")
        .first()
    )
    # Asked for either way, so that the answer's time tells nothing of a link that is over.
    thing = things.filter(pk=link.thing_id if link is not None else _NO_ID).first()
    if link is None or thing is None or not holds(link):
        raise Http404
    return link, thing


@transaction.atomic
def send_code(link: AccessLink) -> None:
    """Mail a code of six digits to the person behind a link. Raises `RefusedError` for too many."""
    AccessLink.objects.select_for_update().get(pk=link.pk)
    hour_ago = clock.now() - timedelta(hours=1)
    if link.codes.filter(created_at__gt=hour_ago).count() >= MOST_CODES_AN_HOUR:
        raise RefusedError(_("Too many codes were asked for: try again in an hour."))
    code = f"{secrets.randbelow(10**6):06d}"
    made = MailedCode(link=link, expires_at=clock.now() + CODE_LASTS)
    made.digest = _code_digest(made.pk, code)
    made.save(force_insert=True)
    link.codes.exclude(pk=made.pk).filter(used_at__isnull=True).update(expires_at=clock.now())
    outbox.post(
        key=f"access-code:{made.pk}",
        to=link.person,
        template="people/mails/access_code",
        context={"code": code, "minutes": int(CODE_LASTS.total_seconds() // 60)},
    )


def enter_code(request: HttpRequest, link: AccessLink, code: str) -> None:
    """Admit this browser to what was given before. Raises `RefusedError` for a wrong code."""
    if not _is_right(link, code):
        raise RefusedError(_("This is not the code, or it is too old. Ask for a new one."), "code")
    admitted = request.session.get(_SESSION_KEY, {})
    admitted[str(link.pk)] = (clock.now() + ADMITTED_FOR).isoformat()
    request.session[_SESSION_KEY] = admitted
    request.session.cycle_key()


def is_admitted(request: HttpRequest, link: AccessLink) -> bool:
    """Whether this browser gave the code of a link within the last two hours."""
    until = request.session.get(_SESSION_KEY, {}).get(str(link.pk))
    return until is not None and datetime.fromisoformat(until) > clock.now()


def _is_right(link: AccessLink, code: str) -> bool:
    # The attempt is counted whatever comes of it, in a transaction of its own.
    with transaction.atomic():
        newest = link.codes.select_for_update().filter(used_at__isnull=True).first()
        if newest is None or newest.expires_at <= clock.now() or newest.attempts >= MOST_ATTEMPTS:
            return False
        newest.attempts += 1
        right = hmac.compare_digest(newest.digest, _code_digest(newest.pk, code.strip()))
        if right:
            newest.used_at = clock.now()
        newest.save(update_fields=["attempts", "used_at"])
    return right


def note_use(link: AccessLink) -> None:
    """Remember that somebody wrote something through a link just now."""
    AccessLink.objects.filter(pk=link.pk).update(last_used_at=clock.now())


def forget(person: Person) -> None:
    """Remove the links of somebody who is erased."""
    AccessLink.objects.filter(person=person).delete()


def _purpose_thing(link: AccessLink) -> Any:
    return apps.get_model(link.thing_model)._default_manager.get(pk=link.thing_id)


def _token(link: AccessLink) -> str:
    return vault.blind_index("access link", f"{link.id}:{link.serial}")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _code_digest(code_id: UUID, code: str) -> str:
    return vault.blind_index("access code", f"{code_id}:{code}")
