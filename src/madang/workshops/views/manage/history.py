"""Who changed what in an edition."""

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from madang.core import audit
from madang.core.models import AuditEntry
from madang.core.requests import Request, page_of
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


@require_safe
@common.of_edition()
def history(request: Request, edition: Edition) -> HttpResponseBase:
    rows = page_of(request, AuditEntry.objects.filter(scope_id=edition.pk))
    lines = audit.in_words(rows.object_list, request.who)
    return common.page(request, "history", edition, rows=rows, lines=lines)
