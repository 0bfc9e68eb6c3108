"""Approvals: what leaves the house has been read by a named director, who did not write it.

An app declares, in `ready()`, what of its own is put through approval::

    approvals.register(Letter, kind="letter", label=_("letter"), content=letter_text,
                       author_rule=rules.write_letters, director_rule=rules.approve_letters,
                       directors=letter_directors)

draft → cleared → approved; a director may send it back or delegate it, its author may withdraw it.
Clearing fixes the content; what was approved never changes: a change is a new approval.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from madang.core import audit, clock, events
from madang.core.models import Approval
from madang.core.policies import Rule, Who
from madang.core.transitions import TransitionRefusedError

# A text, or what JSON can say.
Content = str | dict[str, Any] | list[Any]


@dataclass(frozen=True)
class ApprovalKind:
    """How the things of one model are approved."""

    kind: str
    label: str | Promise
    content: Callable[[Any], Content]
    render: Callable[[Any, Content], SafeString]
    author_rule: Rule[Any]
    director_rule: Rule[Any]
    directors: Callable[[Any], Iterable[Who]]


_kinds: dict[str, ApprovalKind] = {}


def as_plain_text(_thing: Any, content: Content) -> SafeString:
    """Show a content as it is written, when an app has no better way."""
    if isinstance(content, str):
        paragraphs = linebreaks(content, autoescape=True)
        return format_html('<div dir="auto">{}</div>', mark_safe(paragraphs))  # noqa: S308
    return format_html("<pre>{}</pre>", json.dumps(content, ensure_ascii=False, indent=2))


def register(
    model: type[models.Model],
    *,
    kind: str,
    label: str | Promise,
    content: Callable[[Any], Content],
    author_rule: Rule[Any],
    director_rule: Rule[Any],
    directors: Callable[[Any], Iterable[Who]],
    render: Callable[[Any, Content], SafeString] = as_plain_text,
) -> None:
    """Let things of `model` be approved.

    `content(thing)` is what goes out, whole; `render(thing, content)` shows it on the page of the
    approval. `author_rule` says who may put a thing up and clear it, `director_rule` who may
    approve it; `directors(thing)` lists those accounts to choose from.
    """
    _kinds[model._meta.label_lower] = ApprovalKind(
        kind, label, content, render, author_rule, director_rule, directors
    )


def kind_of(approval: Approval) -> ApprovalKind:
    """How the thing of an approval is approved; `KeyError` where nobody registered its model."""
    return _kinds[approval.thing_model]


def thing_of(approval: Approval) -> Any:
    """The thing itself."""
    return apps.get_model(approval.thing_model)._default_manager.get(pk=approval.thing_id)


def start(thing: models.Model, *, actor: Who, director: Who) -> Approval:
    """Put a thing up for approval by a named director, as a draft.

    Raises `PermissionDenied` for who may not, and `TransitionRefusedError` while an earlier version
    is still open.
    """
    kind = _kinds[thing._meta.label_lower]
    if not kind.author_rule.can(actor, thing):
        raise PermissionDenied
    _check_director(kind, thing, actor.audit_id, director)
    with transaction.atomic():
        # Two officers at once wait here for each other.
        type(thing)._base_manager.select_for_update(of=("self",)).get(pk=thing.pk)
        earlier = of(thing)
        if earlier.filter(state__in=(Approval.State.DRAFT, Approval.State.CLEARED)).exists():
            raise TransitionRefusedError(_("This is being approved already."))
        last = earlier.aggregate(last=Max("number"))["last"] or 0
        approval = Approval.objects.create(
            thing_model=thing._meta.label_lower,
            thing_id=thing.pk,
            scope_id=getattr(thing, "edition_id", None),
            number=last + 1,
            author_id=actor.audit_id,
            director_id=director.audit_id,
        )
        _record(actor, "approval.started", approval)
    return approval


@transaction.atomic
def clear(approval: Approval, *, actor: Who) -> None:
    """Fix what goes out, as the thing says it now, and hand it to the director."""
    kind, thing = _hold(approval)
    if not kind.author_rule.can(actor, thing):
        raise PermissionDenied
    text = canonical(kind.content(thing))
    fields = {
        "content": text,
        "digest": digest(text),
        "reason": "",
        "cleared_at": clock.now(),
        "cleared_by": actor.audit_id,
    }
    approval.clear(actor=actor, fields=fields, **_facts(approval))
    events.record("approval.cleared", approval)


@transaction.atomic
def approve(approval: Approval, *, actor: Who, seen: str) -> None:
    """Approve exactly what was read: `seen` is the digest of the content on the director's page.

    Raises `PermissionDenied` for anybody but the named director, and `TransitionRefusedError` when
    it is not what the director read, or the thing says something else by now.
    """
    kind, thing = _hold(approval)
    _check_is_director(approval, kind, thing, actor)
    if seen != approval.digest or digest(canonical(kind.content(thing))) != approval.digest:
        raise TransitionRefusedError(
            _("This has changed since it was cleared. Send it back, so that it is cleared again.")
        )
    approval.approve(actor=actor, fields={"approved_at": clock.now()}, **_facts(approval))
    events.record("approval.approved", approval)


@transaction.atomic
def send_back(approval: Approval, *, actor: Who, reason: str) -> None:
    """Give it back to its author, who is told why."""
    _check_is_director(approval, *_hold(approval), actor)
    if not reason.strip():
        raise TransitionRefusedError(_("Say why, so that the author knows what to change."))
    approval.send_back(actor=actor, fields={"reason": reason.strip()}, **_facts(approval))
    events.record("approval.sent_back", approval)


@transaction.atomic
def withdraw(approval: Approval, *, actor: Who) -> None:
    """Take it out of approval, undecided."""
    kind, thing = _hold(approval)
    if not kind.author_rule.can(actor, thing):
        raise PermissionDenied
    approval.withdraw(actor=actor, **_facts(approval))


@transaction.atomic
def delegate(approval: Approval, *, actor: Who, to: Who) -> None:
    """Let another director decide in one's place."""
    kind, thing = _hold(approval)
    _check_is_director(approval, kind, thing, actor)
    _check_director(kind, thing, approval.author_id, to)
    if approval.state not in {Approval.State.DRAFT, Approval.State.CLEARED}:
        raise TransitionRefusedError(_("This has been decided already."))
    approval.director_id = to.audit_id
    approval.delegated_by = actor.audit_id
    approval.save(update_fields=["director_id", "delegated_by"])
    _record(actor, "approval.delegated", approval)
    events.record("approval.delegated", approval)


def _hold(approval: Approval) -> tuple[ApprovalKind, Any]:
    """Lock a thing and its approval, as both are stored now: nobody changes what is compared."""
    model = apps.get_model(approval.thing_model)
    thing = model._base_manager.select_for_update(of=("self",)).get(pk=approval.thing_id)
    approval.refresh_from_db(from_queryset=Approval.objects.select_for_update())
    return kind_of(approval), thing


def of(thing: models.Model) -> models.QuerySet[Approval]:
    """Every approval of a thing, the newest first."""
    return Approval.objects.filter(thing_model=thing._meta.label_lower, thing_id=thing.pk).order_by(
        "-number"
    )


def latest(thing: models.Model) -> Approval | None:
    """The newest approval of a thing that was not withdrawn."""
    return of(thing).exclude(state=Approval.State.WITHDRAWN).first()


def approved(thing: models.Model) -> Approval | None:
    """The newest version of a thing that a director approved."""
    return of(thing).filter(state=Approval.State.APPROVED).first()


def approved_content(thing: models.Model) -> Content | None:
    """What a director approved last, word for word; None where nothing was."""
    approval = approved(thing)
    return parse(approval.content) if approval is not None else None


def other_directors(approval: Approval, thing: Any) -> list[Who]:
    """Those to whom the named director may delegate."""
    taken = {approval.author_id, approval.director_id}
    return [who for who in kind_of(approval).directors(thing) if who.audit_id not in taken]


def canonical(content: Content) -> str:
    """A content as one text, the same whenever it says the same (JSON with sorted keys)."""
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def parse(text: str) -> Content:
    """The content of which `canonical` made a text."""
    content: Content = json.loads(text)
    return content


def digest(text: str) -> str:
    """The SHA-256 of a canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _check_director(kind: ApprovalKind, thing: Any, author: UUID, director: Who) -> None:
    if director.audit_id == author:
        raise TransitionRefusedError(_("Whoever wrote it can't approve it: name somebody else."))
    if not kind.director_rule.can(director, thing):
        raise TransitionRefusedError(_("This person is not a director here."))


def _check_is_director(approval: Approval, kind: ApprovalKind, thing: Any, actor: Who) -> None:
    if approval.director_id != actor.audit_id or not kind.director_rule.can(actor, thing):
        raise PermissionDenied


def _record(actor: Who, verb: str, approval: Approval) -> None:
    audit.record(actor, verb, approval, **_facts(approval))


def _facts(approval: Approval) -> dict[str, Any]:
    return {"scope": approval.scope_id, "number": approval.number}
