"""The demo's outbox: every mail that Madang would have sent, as its reader would see it."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from madang.core import clock, rules
from madang.core.models import Message
from madang.core.requests import Request, page_of

# A mail brings its own styles and nothing else; it runs in no origin.
_MAIL_POLICY = (
    "sandbox allow-top-navigation-by-user-activation; default-src 'none'; "
    "style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
)


@require_safe
def index(request: Request) -> HttpResponse:
    """All messages, the newest first."""
    if not settings.MADANG_DEMO:
        raise Http404
    written = Message.objects.filter(created_at__lte=clock.now())
    page = page_of(request, rules.see_outbox.visible(request.who, written))
    return render(request, "core/outbox.html", {"rows": page})


@require_safe
def message(request: Request, message_id: UUID) -> HttpResponse:
    """One message: where it goes, its words, its files."""
    found = rules.see_outbox.get_or_404(request.who, Message.objects.all(), pk=message_id)
    files = [attachment.file for attachment in found.attachments.select_related("file")]
    return render(request, "core/message.html", {"message": found, "files": files})


@require_safe
def message_html(request: Request, message_id: UUID) -> HttpResponse:
    """The formatted part of a message alone, as a mail program shows it."""
    found = rules.see_outbox.get_or_404(request.who, Message.objects.all(), pk=message_id)
    if not found.html:
        raise Http404
    response = HttpResponse(found.html)
    response["Content-Security-Policy"] = _MAIL_POLICY
    return response
