"""Rules, words and signatures of an edition's certificates."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.certificates import papers, wordings
from madang.certificates.actions import batches
from madang.certificates.actions import schemes as actions
from madang.certificates.forms.certificates import RuleForm, SchemeForm
from madang.certificates.models import Certificate, CertificateBatch, Scheme
from madang.certificates.views.pages import found_rule, home, page
from madang.core import clock, files, texts
from madang.core.requests import Request, form_page
from madang.documents import tables
from madang.documents.typesetting import TypesettingError
from madang.workshops.actions import translations
from madang.workshops.forms.translations import TranslationForm
from madang.workshops.models import Edition
from madang.workshops.views.manage import common
from madang.workshops.views.manage.translations import translate_page


@require_POST
@common.of_edition(changes=True)
def begin(request: Request, edition: Edition) -> HttpResponseBase:
    """Begin with our own rules and words."""
    if common.tried(request, lambda: actions.begin(edition, actor=request.who)):
        return common.done(request, _("The rules are there: look at them."), home(edition))
    return HttpResponseRedirect(home(edition))


def _scheme(edition: Edition) -> Scheme:
    found = actions.scheme_of(edition)
    if found is None:
        raise Http404
    return found


@form_page
@common.of_edition(changes=True)
def scheme(request: Request, edition: Edition) -> HttpResponseBase:
    """Who issues and signs."""
    known = _scheme(edition)
    has_signature = files.of(known).exists()
    form = SchemeForm(
        request.POST or None, request.FILES or None, instance=known, has_signature=has_signature
    )

    def act() -> None:
        actions.set_scheme(
            known,
            form.values(),
            upload=form.cleaned_data.get("signature"),
            without_signature=bool(form.cleaned_data.get("without_signature")),
            expected_version=form.expected_version,
            actor=request.who,
        )

    if form.is_valid() and common.performed(form, act):
        return common.done(request, _("Head and signatures are saved."), home(edition))
    return page(request, "scheme", edition, form=form, cancel=home(edition))


@form_page
@common.of_edition(changes=True)
def scheme_translation(request: Request, edition: Edition) -> HttpResponseBase:
    """Head and signatures in another language."""
    known = _scheme(edition)

    def act(form: TranslationForm) -> None:
        translations.translate(
            known, form.target, form.wordings(), "certificate_scheme.changed",
            expected=form.cleaned_data["expected"], actor=request.who, scope=edition.pk,
        )  # fmt: skip

    back = reverse("certificates:scheme", args=[edition.slug])
    return translate_page(request, known, act, back=back, edition=edition)


@form_page
@common.of_edition(changes=True)
def rule(request: Request, edition: Edition, kind: str) -> HttpResponseBase:
    """What a kind of certificate takes, and its words."""
    known = found_rule(edition, kind)
    form = RuleForm(request.POST or None, instance=known)

    def act() -> None:
        actions.set_rule(
            known, form.values(), expected_version=form.expected_version, actor=request.who
        )

    if form.is_valid() and common.performed(form, act):
        return common.done(request, _("The rule is saved."), home(edition))
    return page(
        request, "rule", edition,
        form=form, kind=known.kind, label=known.get_kind_display(), cancel=home(edition),
        placeholders=wordings.PLACEHOLDERS.items(),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def rule_translation(request: Request, edition: Edition, kind: str) -> HttpResponseBase:
    """The words of a kind in another language."""
    known = found_rule(edition, kind)

    def act(form: TranslationForm) -> None:
        translations.translate(
            known, form.target, form.wordings(), "certificate_rule.changed",
            expected=form.cleaned_data["expected"], actor=request.who, scope=edition.pk,
        )  # fmt: skip

    back = reverse("certificates:rule", args=[edition.slug, known.kind])
    return translate_page(request, known, act, back=back, edition=edition)


@require_safe
@common.of_edition()
def preview(_request: Request, edition: Edition, kind: str) -> HttpResponse:
    """How a certificate will look: without number and signature, and marked as a draft."""
    found_rule(edition, kind)
    batch = CertificateBatch(edition=edition)
    sample = Certificate(
        batch=batch, kind=kind, certificate_language=get_language() or "en",
        name=_("Name of the participant"), latin_name="",
    )  # fmt: skip
    texts.prefetch([edition])
    texts.prefetch([edition.country])
    writer = papers.Writer(
        edition, batches.content(batch), clock.today(edition.zone), is_draft=True
    )
    (pdf,) = papers.typeset(writer, [sample])
    if isinstance(pdf, str):
        raise TypesettingError(pdf)
    return tables.download(pdf, f"{edition.slug}-{kind}.pdf")
