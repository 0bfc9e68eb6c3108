"""The request: what is asked for, its templates, and asking the delegations."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from madang.core import audit, clock, files
from madang.core.models import Event
from madang.papers import delegations, taking
from madang.papers.actions import mailing
from madang.papers.models import Paper, PaperKind, PaperRequest, Template
from madang.people.actions.refusal import RefusedError
from madang.people.models import Country
from madang.workshops.actions import records
from madang.workshops.models import Edition

DEFAULT_REMINDERS = [7, 1, -2]
CODE_LENGTH = 40


@transaction.atomic
def begin(edition: Edition, *, actor: audit.Actor | None) -> PaperRequest:
    """A request that can be edited, with a country paper and slides to begin with."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    known = PaperRequest.objects.filter(edition=edition).first()
    if known is not None:
        return known
    request = PaperRequest(edition=edition, reminder_days=DEFAULT_REMINDERS)
    records.add(request, "paper_request.added", actor=actor)
    with translation.override(edition.language):
        titles = (("country-paper", _("Country paper")), ("slides", _("Slides")))
    for order, (code, title) in enumerate(titles, start=1):
        kind = PaperKind(
            request=request, code=code, title=title, language=edition.language, order=order
        )
        records.add(kind, "paper_kind.added", actor=actor, scope=edition.pk)
    return request


def change(
    request: PaperRequest,
    values: Mapping[str, Any],
    *,
    expected_version: int,
    actor: audit.Actor | None,
) -> None:
    """Change the deadline or the days of reminders. Raises `StaleRecordError`, `RefusedError`."""
    if values.get("deadline") is None and request.state != PaperRequest.State.DRAFT:
        raise RefusedError(_("Delegations were asked until a day: set one."), "deadline")
    records.change(
        request, values, "paper_request.changed", expected_version=expected_version, actor=actor
    )


# --- Kinds and templates -------------------------------------------------------------------------
@transaction.atomic
def add_kind(
    request: PaperRequest, values: Mapping[str, Any], *, actor: audit.Actor | None
) -> PaperKind:
    """Ask for one more thing; where the request is open, delegations are asked for it at once."""
    request = PaperRequest.objects.select_for_update().get(pk=request.pk)
    taken = set(request.kinds.values_list("code", flat=True))
    kind = PaperKind(request=request, code=_code(values["title"], taken), **values)
    records.add(kind, "paper_kind.added", actor=actor, scope=request.edition_id)
    if request.state == PaperRequest.State.OPEN:
        ask(request, actor=actor)
    return kind


def _code(title: str, taken: set[str]) -> str:
    stem = slugify(title)[: CODE_LENGTH - 4] or "paper"
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (stem, *numbered) if code not in taken)


def change_kind(
    kind: PaperKind,
    values: Mapping[str, Any],
    *,
    expected_version: int,
    actor: audit.Actor | None,
) -> None:
    records.change(
        kind,
        values,
        "paper_kind.changed",
        expected_version=expected_version,
        actor=actor,
        scope=kind.request.edition_id,
    )


@transaction.atomic
def remove_kind(kind: PaperKind, *, actor: audit.Actor | None) -> None:
    """Ask for it no more. Raises `RefusedError` where somebody has sent one."""
    PaperRequest.objects.select_for_update().get(pk=kind.request_id)
    if kind.papers.filter(versions__isnull=False).exists():
        raise RefusedError(_("Somebody has sent one already: it can't be removed."))
    records.remove(kind, "paper_kind.removed", actor=actor, scope=kind.request.edition_id)


@transaction.atomic
def put_template(
    kind: PaperKind,
    language: str,
    upload: "UploadedFile[bytes]",
    *,
    actor: audit.Actor | None,
) -> Template:
    """Add the template of a language, or put another in its place. Raises `UnwantedFileError`."""
    PaperKind.objects.select_for_update().get(pk=kind.pk)
    for earlier in kind.templates.filter(language=language).select_related("file"):
        remove_template(earlier, actor=actor)
    template = Template(kind=kind, language=language)
    name = f"{kind.code}-template-{language}"
    template.file = taking.take(upload, owner=template, name=name, actor=actor)
    template.save(force_insert=True)
    return template


@transaction.atomic
def remove_template(template: Template, *, actor: audit.Actor | None) -> None:
    file = template.file
    template.delete()
    files.remove(file, actor=actor)


# --- Asking --------------------------------------------------------------------------------------
@transaction.atomic
def open_request(request: PaperRequest, *, actor: audit.Actor | None) -> int:
    """Ask every delegation; returns how many. Raises `TransitionRefusedError`."""
    opened = request.opened_at or clock.now()
    request.open(actor=actor, fields={"opened_at": opened})
    return ask(request, actor=actor)


def close_request(request: PaperRequest, *, actor: audit.Actor | None) -> None:
    request.close(actor=actor)


@transaction.atomic
def ask(request: PaperRequest, *, actor: audit.Actor | None) -> int:
    """Ask delegations for what they were not asked for yet; returns how many were asked.

    Whoever comes later, because a reserve accepted, is asked when they come. Asking twice asks
    once: papers are unique, and mails have keys.
    """
    request = PaperRequest.objects.select_for_update().select_related("edition").get(pk=request.pk)
    if request.state != PaperRequest.State.OPEN or _is_over(request.edition):
        return 0
    kinds = list(request.kinds.all())
    known = set(Paper.objects.filter(kind__in=kinds).values_list("country", "kind"))
    asked = 0
    for country_id, people in delegations.of(request.edition).items():
        country = people[0].country
        papers = [
            _new_paper(request, kind, country)
            for kind in kinds
            if (country_id, kind.pk) not in known
        ]
        if papers:
            Paper.objects.bulk_create(papers)
            mailing.tell_asked(papers, people, actor=actor)
            asked += 1
    if asked:
        audit.record(actor, "paper_request.asked", request, number=asked)
    return asked


def _new_paper(request: PaperRequest, kind: PaperKind, country: Country) -> Paper:
    kind.request = request
    return Paper(
        edition=request.edition,
        kind=kind,
        country=country,
        language=request.edition.language,
        version=1,
    )


def _is_over(edition: Edition) -> bool:
    return edition.ends_on < clock.today(edition.zone)


def ask_newcomers(_event: Event) -> None:
    """Somebody answered an offer of a seat: perhaps a country comes that was not asked yet."""
    ask_everywhere()


def ask_everywhere() -> int:
    """Ask in every edition whose request is open; returns how many delegations were asked."""
    return sum(ask(request, actor=None) for request in PaperRequest.objects.filter(state="open"))
