"""Public pages where anybody who holds a document learns whether it holds. They name nobody."""

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core.requests import Request, form_page
from madang.documents import verification
from madang.documents.forms import CodeForm, CopyForm


@require_safe
def verify(request: Request) -> HttpResponseBase:
    """Ask for the code; the document has a page of its own, which its QR code leads to."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        code = verification.grouped(form.cleaned_data["code"])
        if code:
            return HttpResponseRedirect(reverse("documents:verified", args=[code]))
        form.add_error("code", _("A code has sixteen signs: letters and digits. Compare it again."))
    return render(request, "documents/verify.html", {"form": form})


@form_page
def verified(request: Request, code: str) -> HttpResponse:
    """What stands behind a code, and whether a file in hand is the one that was issued."""
    document = verification.find(code)
    if document is None:
        form = CodeForm({"code": code})
        form.add_error("code", _("No document of ours has this code. Compare it sign by sign."))
        return render(request, "documents/verify.html", {"form": form}, status=404)
    form = CopyForm(request.POST or None, request.FILES or None)
    is_unaltered = None
    if request.method == "POST" and form.is_valid():
        is_unaltered = verification.is_unaltered(document, form.cleaned_data["copy"].chunks())
    context = {
        "document": document,
        "kind": verification.kind_in_words(document),
        "code": verification.grouped(code),
        "form": form,
        "is_unaltered": is_unaltered,
    }
    response = render(request, "documents/verified.html", context)
    # It may be revoked the next minute.
    patch_cache_control(response, private=True, no_store=True)
    return response
