"""One paper as the secretariat works on it: read, accept, send back, extend, excuse, enter."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core import audit, outbox
from madang.core.requests import Request, form_page
from madang.papers import delegations
from madang.papers.actions import reviewing, writing
from madang.papers.forms.papers import (
    AcceptForm,
    ExcuseForm,
    ExtendForm,
    PaperForm,
    SendBackForm,
    VersionedForm,
)
from madang.papers.models import Paper, Presentation
from madang.papers.views.pages import find_paper, page, title_of
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


def back_to(paper: Paper) -> str:
    return reverse("papers:paper", args=[paper.edition.slug, paper.pk])


@require_safe
@common.of_edition()
def paper(request: Request, edition: Edition, paper_id: UUID) -> HttpResponseBase:
    """Everything about one paper."""
    found = find_paper(edition, paper_id)
    place = Presentation.objects.filter(edition=edition, country=found.country_id)
    return page(
        request, "paper", edition,
        paper=found,
        heading=title_of(found),
        people=delegations.members(edition)
        .filter(country=found.country_id)
        .select_related("person__subject"),
        versions=found.versions.select_related("file"),
        remarks=found.remarks.select_related("by__person__subject"),
        agreements=found.agreements.select_related(
            "given_by__person__subject", "withdrawn_by__person__subject"
        ),
        reminders=found.reminders.all(),
        place=place.select_related("session").first(),
        mails=outbox.about(found).select_related("subject")[:10],
        trail=audit.trail(request.who, thing=found, limit=20),
    )  # fmt: skip


def _decide(
    request: Request,
    edition: Edition,
    paper_id: UUID,
    form_class: type[VersionedForm],
    act: Callable[[Paper, dict[str, Any], int], Any],
    **words: str,
) -> HttpResponseBase:
    """A decision with words: its form remembers which state of the paper the officer saw."""
    found = find_paper(edition, paper_id)
    form = form_class(request.POST or None, initial={"version": found.version})
    return common.edit(
        request,
        form,
        lambda: act(found, form.cleaned_data, form.expected_version),
        back=back_to(found),
        edition=edition,
        **words | {"title": f"{words['title']}: {title_of(found)}"},
    )


@form_page
@common.of_edition(changes=True)
def accept(request: Request, edition: Edition, paper_id: UUID) -> HttpResponseBase:
    return _decide(
        request, edition, paper_id, AcceptForm,
        lambda found, given, seen: reviewing.accept(
            found, given["text"], expected_version=seen, actor=request.who
        ),
        title=_("Accept"),
        submit=_("Accept it"),
        said=_("It is accepted, and the delegation is told."),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def send_back(request: Request, edition: Edition, paper_id: UUID) -> HttpResponseBase:
    return _decide(
        request, edition, paper_id, SendBackForm,
        lambda found, given, seen: reviewing.send_back(
            found, given["text"], expected_version=seen, actor=request.who
        ),
        title=_("Send back"),
        submit=_("Send it back"),
        said=_("It is sent back, and the delegation is told."),
        lead=_("Until it comes again it opens neither in the room nor for everybody."),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def extend(request: Request, edition: Edition, paper_id: UUID) -> HttpResponseBase:
    return _decide(
        request, edition, paper_id, ExtendForm,
        lambda found, given, seen: reviewing.extend(
            found, given["until"], given["note"], expected_version=seen, actor=request.who
        ),
        title=_("More time"),
        submit=_("Give more time"),
        said=_("They have more time, and are told."),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def excuse(request: Request, edition: Edition, paper_id: UUID) -> HttpResponseBase:
    return _decide(
        request, edition, paper_id, ExcuseForm,
        lambda found, given, seen: reviewing.excuse(
            found, given["reason"], expected_version=seen, actor=request.who
        ),
        title=_("Excuse"),
        submit=_("Expect it no more"),
        said=_("It is expected no more."),
    )  # fmt: skip


@require_POST
@common.of_edition(changes=True)
def ask_again(request: Request, edition: Edition, paper_id: UUID) -> HttpResponseBase:
    found = find_paper(edition, paper_id)
    if common.tried(request, lambda: reviewing.ask_again(found, actor=request.who)):
        return common.done(request, _("It is expected again."), back_to(found))
    return HttpResponseRedirect(back_to(found))


@form_page
@common.of_edition(changes=True)
def enter(request: Request, edition: Edition, paper_id: UUID) -> HttpResponseBase:
    """Enter for a delegation what came by e-mail."""
    found = find_paper(edition, paper_id)
    form = PaperForm(request.POST or None, request.FILES or None, instance=found)
    return common.edit(
        request,
        form,
        lambda: writing.save(
            found,
            form.values(),
            english=form.english(),
            upload=form.cleaned_data["upload"],
            agreed=form.agreed(),
            send=True,
            expected_version=form.expected_version,
            on_behalf=True,
            actor=request.who,
        ),
        said=_("It is entered as received."),
        back=back_to(found),
        title=title_of(found),
        submit=_("Enter it as received"),
        edition=edition,
        lead=_("For what came by e-mail. Tick only what the delegation wrote that it agrees to."),
    )
