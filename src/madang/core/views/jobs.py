"""Pages of background work: my tasks, and one with its progress."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from madang.core import rules
from madang.core.models import Job
from madang.core.requests import Request, page_of, require_sign_in


@require_safe
def index(request: Request) -> HttpResponse:
    """What I started, the newest first."""
    require_sign_in(request.who)
    page = page_of(request, rules.see_job.visible(request.who, Job.objects.all()))
    return render(request, "core/jobs.html", {"rows": page})


@require_safe
def job(request: Request, job_id: UUID) -> HttpResponse:
    """One task: how far it is, or what came of it. It goes on when the page is left."""
    found = rules.see_job.get_or_404(request.who, Job.objects.all(), pk=job_id)
    response = render(request, "core/job.html", {"job": found})
    response["Cache-Control"] = "no-store"
    return response
