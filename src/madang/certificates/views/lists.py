"""All of an edition's certificates: who fulfils what; lists that are approved and issued."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.certificates import exports
from madang.certificates.actions import batches as actions
from madang.certificates.actions import issuing
from madang.certificates.actions.schemes import scheme_of
from madang.certificates.models import Certificate, CertificateBatch
from madang.certificates.queries import fulfilment, lists
from madang.certificates.views.pages import found_batch, home, page
from madang.cohorts.forms.letters import DirectorForm
from madang.cohorts.views.pages import other_directors
from madang.core import approvals, audit, files, limits
from madang.core import exports as core_exports
from madang.core.models import Job
from madang.core.requests import Request, form_page, page_of
from madang.documents import tables
from madang.documents.merging import merged
from madang.workshops.models import Edition
from madang.workshops.queries import people
from madang.workshops.views.manage import common

# Merging some hundred certificates takes seconds.
_SECONDS = 120
_MEGABYTES = 1000


def _address(batch: CertificateBatch) -> str:
    return reverse("certificates:batch", args=[batch.edition.slug, batch.pk])


@require_safe
@common.of_edition()
def certificates(request: Request, edition: Edition) -> HttpResponseBase:
    """Who fulfils what, in words, and the lists that were made of it."""
    scheme = scheme_of(edition)
    rules = list(edition.certificate_rules.all())
    standings = fulfilment.standings(edition) if rules else []
    people.with_wordings(standing.participation for standing in standings)
    if core_exports.wanted(request):
        return core_exports.respond(request, exports.standings(rules, standings), "certificates")
    issued = {
        (certificate.participation_id, certificate.kind): certificate
        for certificate in lists.whole(
            Certificate.objects.filter(batch__edition=edition, is_current=True)
        )
    }
    due = sum(
        claim.is_due and (standing.participation.pk, kind) not in issued
        for standing in standings
        for kind, claim in standing.claims.items()
    )
    shown = page_of(request, standings)
    return page(
        request, "certificates", edition,
        scheme=scheme,
        rules=[
            (rule, sum(standing.is_due(rule.kind) for standing in standings)) for rule in rules
        ],
        rows=shown,
        shown=[
            (
                standing,
                [
                    (claim, issued.get((standing.participation.pk, kind)))
                    for kind, claim in standing.claims.items()
                ],
            )
            for standing in shown.object_list
        ],
        batches=lists.batches(edition),
        due=due,
    )  # fmt: skip


@require_POST
@common.of_edition(changes=True)
def new(request: Request, edition: Edition) -> HttpResponseBase:
    """List who is due a certificate."""
    made: list[CertificateBatch] = []
    if common.tried(request, lambda: made.append(actions.begin(edition, actor=request.who))):
        return common.done(request, _("The list is prepared."), _address(made[0]))
    return HttpResponseRedirect(home(edition))


@require_safe
@common.of_edition()
def batch(request: Request, edition: Edition, batch_id: UUID) -> HttpResponseBase:
    """One list: who is in it, where it stands, what comes next."""
    found = found_batch(edition, batch_id)
    rows = lists.rows(lists.whole(found.certificates.all()))
    if core_exports.wanted(request):
        table = exports.certificates(rows)
        return core_exports.respond(request, table, f"certificates-{found.number}")
    approval = approvals.latest(found)
    is_approved = approval is not None and approval.state == "approved"
    return page(
        request, "batch", edition,
        batch=found,
        rows=page_of(request, rows),
        total=len(rows),
        unconfirmed=sum(not row.is_confirmed and row.state == "listed" for row in rows),
        approval=approval,
        changed=found.state == "draft" and is_approved and not actions.approved_as_it_is(found),
        job=_job_at_work(found),
        unmade=issuing.unmade(found).count() if found.state == "issued" else 0,
        made=sum(row.state == "issued" for row in rows),
        is_open=found.state == "draft" and not actions.is_with_director(found),
    )  # fmt: skip


def _job_at_work(batch: CertificateBatch) -> Job | None:
    states = (Job.State.WAITING, Job.State.RUNNING)
    found = Job.objects.filter(kind=issuing.JOB, state__in=states)
    return found.filter(arguments__batch=str(batch.pk)).first()


@form_page
@common.of_edition(changes=True)
def put_up(request: Request, edition: Edition, batch_id: UUID) -> HttpResponseBase:
    """Hand a list to a director."""
    found = found_batch(edition, batch_id)
    form = DirectorForm(other_directors(request, edition), request.POST or None)
    return common.edit(
        request,
        form,
        lambda: actions.put_up(found, director=form.chosen, actor=request.who),
        said=_("The director has the list now."),
        back=_address(found),
        title=_("Have the certificates approved"),
        submit=_("Hand them to the director"),
        edition=edition,
        lead=_(
            "The director reads what each kind takes, the words in each language, and the list."
        ),
    )


@require_POST
@common.of_edition(changes=True)
def issue(request: Request, edition: Edition, batch_id: UUID) -> HttpResponseBase:
    """Issue what a director approved, or make what is still missing of it."""
    found = found_batch(edition, batch_id)
    act = issuing.issue if found.state == CertificateBatch.State.DRAFT else issuing.go_on
    jobs: list[Job] = []
    if common.tried(request, lambda: jobs.append(act(found, actor=request.who))):
        return HttpResponseRedirect(jobs[0].get_absolute_url())
    return HttpResponseRedirect(_address(found))


@form_page
@common.of_edition(changes=True)
def cancel(request: Request, edition: Edition, batch_id: UUID) -> HttpResponseBase:
    """Give a list up before it is issued."""
    found = found_batch(edition, batch_id)
    return common.remove(
        request,
        lambda: actions.cancel(found, actor=request.who),
        said=_("The list is cancelled."),
        back=home(edition),
        stay=_address(found),
        title=_("Cancel this list?"),
        submit=_("Cancel the list"),
        consequences=[_("Nobody in it gets a certificate by it. A new list can be made.")],
    )


@require_safe
@common.of_edition()
def to_print(request: Request, edition: Edition, batch_id: UUID) -> HttpResponseBase:
    """Every certificate of a list that holds, in one PDF, each on a sheet of its own."""
    found = found_batch(edition, batch_id)
    made = list(
        found.certificates.filter(file__isnull=False, document__state="valid")
        .select_related("file__subject", "document")
        .order_by("document__reference")
    )
    if not made:
        raise Http404
    audit.record(request.who, "certificates.taken", found)
    contents = [files.content(certificate.file) for certificate in made]
    try:
        pdf: bytes = limits.run_limited(
            merged, args=(contents,), seconds=_SECONDS, megabytes=_MEGABYTES
        )
    except (limits.LimitExceededError, limits.ProcessFailedError) as failed:
        messages.error(request, str(failed))
        return HttpResponseRedirect(_address(found))
    return tables.download(pdf, f"{edition.slug}-certificates-{found.number}.pdf")
