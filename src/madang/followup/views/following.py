"""What became of one's plan, told six and twelve months later, and who is shown what of it."""

from uuid import UUID

from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.core import files
from madang.core.models import StoredFile
from madang.core.requests import Request, form_page
from madang.followup.actions import progress as actions
from madang.followup.actions import releases
from madang.followup.actions.asking import PURPOSE
from madang.followup.forms.progress import PartsForm, ProgressForm, SupervisorForm
from madang.followup.models import Progress, Report, Round
from madang.followup.queries import releasable
from madang.followup.views import drafts
from madang.followup.views.places import Place, gone, of_plan
from madang.people import access_links
from madang.people.views.codes import code_page
from madang.workshops.views.manage import common


@form_page
def code(request: Request, token: str) -> HttpResponseBase:
    """Ask for the code that goes to the address of this link."""
    progress = Progress.objects.select_related("plan__participation__edition", "round")
    try:
        link, found = access_links.find(PURPOSE, token, progress)
    except Http404:
        return gone(request)
    return code_page(
        request,
        link,
        after=reverse("following:follow_up", args=[token]),
        template="followup/code.html",
        edition=found.plan.participation.edition,
    )


@form_page
@of_plan
def follow_up(request: Request, place: Place) -> HttpResponseBase:
    """How each action stands: a form while answers are taken, and what was said after that."""
    progress = place.progress
    if progress is None or progress.round.state != Round.State.OPEN:
        return place.page("followed", told=_told(place))
    # A file goes with a button only, or it would be kept again with every word.
    files_sent = None if drafts.is_draft(request) else request.FILES or None
    form = ProgressForm(request.POST or None, files_sent, progress=progress)

    def save(*, is_sent: bool = False) -> Progress:
        kept = actions.tell(
            progress,
            form.rows(),
            expected_version=form.expected_version,
            actor=place.actor,
            is_sent=is_sent,
        )
        place.note_use()
        return kept

    if drafts.is_draft(request):
        return drafts.saved(form, save)
    is_sent = request.POST.get("act") != "save"
    if form.is_valid() and common.performed(form, lambda: save(is_sent=is_sent)):
        if not is_sent:
            return common.done(request, _("It is saved, and not sent yet."), request.path)
        said = _("Thank you: your answer is sent. You decide below who is shown what of it.")
        return common.done(request, said, place.url("share"))
    return place.page("follow_up_form", form=form, evidence=_evidence(progress))


def _told(place: Place) -> list[Report]:
    """What was said in all rounds, action by action."""
    rows = Report.objects.filter(progress__plan=place.plan).select_related(
        "subject", "action__subject", "progress__round"
    )
    return list(rows.order_by("action__number", "progress__round__months"))


def _evidence(progress: Progress) -> dict[UUID, list[StoredFile]]:
    """The files of evidence by action (one query)."""
    reports = dict(progress.reports.values_list("pk", "action_id"))
    found: dict[UUID, list[StoredFile]] = {}
    for file in StoredFile.objects.filter(
        owner_model=Report._meta.label_lower, owner_id__in=reports
    ).select_related("subject"):
        found.setdefault(reports[file.owner_id], []).append(file)
    return found


@form_page
@of_plan
def evidence_remove(request: Request, place: Place, file_id: UUID) -> HttpResponseBase:
    """Ask, then remove a file of evidence."""
    progress = place.progress
    file = _own_file(progress, file_id) if progress is not None else None
    if progress is None or file is None:
        raise Http404
    return common.remove(
        request,
        lambda: actions.remove_file(progress, file, actor=place.actor),
        said=_("The file is removed."),
        back=place.url("follow_up"),
        title=_("Remove this file?"),
        submit=_("Remove the file"),
        consequences=[file.name],
    )


def _own_file(progress: Progress, file_id: UUID) -> StoredFile | None:
    for report in progress.reports.all():
        found = files.of(report).filter(pk=file_id).first()
        if found is not None:
            return found
    return None


@form_page
@of_plan
def share(request: Request, place: Place) -> HttpResponseBase:
    """Name a supervisor and choose what they see; later, choose anew, and read their answer."""
    items = releasable.items(place.plan)
    release = releases.current(place.plan)
    data = request.POST or None
    if release is None:
        form = SupervisorForm(data, items=items)

        def act() -> None:
            releases.name_supervisor(
                place.plan,
                form.cleaned_data["name"],
                form.cleaned_data["email"],
                form.cleaned_data["parts"],
                actor=place.actor,
            )

        said = _("Your supervisor gets a mail in your name.")
    else:
        form = PartsForm(data, items=items, initial={"parts": releasable.keys_of(release)})

        def act() -> None:
            releases.choose(release, form.cleaned_data["parts"], actor=place.actor)

        said = _("From now on this is what your supervisor sees.")
    if form.is_valid() and common.performed(form, act):
        place.note_use()
        return common.done(request, said, request.path)
    return place.page(
        "share",
        form=form,
        release=release,
        earlier=list(place.plan.releases.filter(state="withdrawn").exclude(verdict="")),
    )


@form_page
@of_plan
def share_withdraw(request: Request, place: Place) -> HttpResponseBase:
    """Ask, then show the supervisor nothing any more."""
    release = releases.current(place.plan)
    if release is None:
        return HttpResponseRedirect(place.url("share"))
    return common.remove(
        request,
        lambda: releases.withdraw(release, actor=place.actor),
        said=_("Your supervisor sees nothing any more."),
        back=place.url("share"),
        title=_("Take back what you show?"),
        submit=_("Take it back"),
        consequences=[
            _("The link of your supervisor opens nothing any more, from this moment on."),
            _("What they answered stays with you."),
        ],
    )
