"""The letterhead of an edition, and the wording of each kind of letter in every language."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.cohorts import letter_papers, letter_wordings
from madang.cohorts.actions import letterheads as actions
from madang.cohorts.actions import letters
from madang.cohorts.forms.letters import LetterheadForm, WordingForm
from madang.cohorts.letter_papers import Content, Sheet, Writer
from madang.cohorts.models import Letter, LetterBatch, LetterKind, LetterTemplate
from madang.cohorts.views.pages import page
from madang.core import clock, limits
from madang.core.requests import Request, form_page
from madang.documents import tables
from madang.documents.typesetting import TypesettingError
from madang.nominations.models import Invitation, Nomination
from madang.people.actions.refusal import RefusedError
from madang.people.models import Person
from madang.workshops.actions import translations
from madang.workshops.forms.fields import language_name
from madang.workshops.forms.translations import TranslationForm
from madang.workshops.models import Edition
from madang.workshops.views.manage import common
from madang.workshops.views.manage.translations import translate_page


def _all(edition: Edition) -> str:
    return reverse("cohorts:letters", args=[edition.slug])


def _wording_address(edition: Edition, kind: str) -> str:
    return reverse("cohorts:wording", args=[edition.slug, kind])


# --- Letterhead -----------------------------------------------------------------------------------
@form_page
@common.of_edition(changes=True)
def letterhead(request: Request, edition: Edition) -> HttpResponseBase:
    """Sender, address, who signs; logo and signature."""
    known = actions.letterhead(edition)
    has = {name for name, files in actions.pictures(known).items() if files} if known else set()
    form = LetterheadForm(request.POST or None, request.FILES or None, instance=known, has=has)

    def act() -> None:
        actions.set_letterhead(
            edition,
            form.values(),
            uploads={name: form.cleaned_data.get(name) for name in actions.PICTURES},
            without=form.without(),
            expected_version=form.expected_version if known is not None else None,
            actor=request.who,
        )

    if form.is_valid() and common.performed(form, act):
        return common.done(request, _("The letterhead is saved."), _all(edition))
    return page(
        request, "letters/letterhead", edition, form=form, known=known, cancel=_all(edition)
    )


@form_page
@common.of_edition(changes=True)
def letterhead_translation(request: Request, edition: Edition) -> HttpResponseBase:
    """The texts of the letterhead in another language."""
    known = actions.letterhead(edition)
    if known is None:
        raise Http404

    def act(form: TranslationForm) -> None:
        translations.translate(
            known, form.target, form.wordings(), "letterhead.changed",
            expected=form.cleaned_data["expected"], actor=request.who, scope=edition.pk,
        )  # fmt: skip

    back = reverse("cohorts:letterhead", args=[edition.slug])
    return translate_page(request, known, act, back=back, edition=edition)


# --- Wordings -------------------------------------------------------------------------------------
def _kind(kind: str) -> LetterKind:
    try:
        return LetterKind(kind)
    except ValueError:
        raise Http404 from None


@form_page
@common.of_edition(changes=True)
def wording(request: Request, edition: Edition, kind: str) -> HttpResponseBase:
    """The text of a kind of letter, with the placeholders that it can have."""
    chosen = _kind(kind)
    known = LetterTemplate.objects.filter(edition=edition, kind=chosen).first()
    form = WordingForm(request.POST or None, instance=known)

    def act() -> None:
        actions.set_wording(
            edition,
            chosen,
            form.values(),
            expected_version=form.expected_version if known is not None else None,
            actor=request.who,
        )

    if form.is_valid() and common.performed(form, act):
        return common.done(request, _("The wording is saved."), request.path)
    given = [known.language, *sorted(known.translations_of("body"))] if known else []
    return page(
        request, "letters/wording", edition,
        form=form, kind=chosen, known=known, cancel=_all(edition),
        placeholders=letter_wordings.placeholders(chosen).items(),
        ours=[language_name(code) for code in letter_wordings.OURS],
        given=[(code, language_name(code)) for code in given],
        has_letterhead=actions.letterhead(edition) is not None,
    )  # fmt: skip


@require_POST
@common.of_edition(changes=True)
def wording_begin(request: Request, edition: Edition, kind: str) -> HttpResponseBase:
    """Begin with our own wording."""
    chosen = _kind(kind)
    back = _wording_address(edition, chosen)
    if common.tried(request, lambda: actions.begin_with_ours(edition, chosen, actor=request.who)):
        return common.done(request, _("This is our wording: change what you like."), back)
    return HttpResponseRedirect(back)


@form_page
@common.of_edition(changes=True)
def wording_translation(request: Request, edition: Edition, kind: str) -> HttpResponseBase:
    """The text of a kind of letter in another language; placeholders are checked there, too."""
    chosen = _kind(kind)
    known = LetterTemplate.objects.filter(edition=edition, kind=chosen).first()
    if known is None:
        raise Http404

    def act(form: TranslationForm) -> None:
        letter_wordings.check(chosen, form.wordings())
        translations.translate(
            known, form.target, form.wordings(), "letter_template.changed",
            expected=form.cleaned_data["expected"], actor=request.who, scope=edition.pk,
        )  # fmt: skip

    back = _wording_address(edition, chosen)
    return translate_page(request, known, act, back=back, edition=edition)


@require_safe
@common.of_edition()
def wording_preview(request: Request, edition: Edition, kind: str) -> HttpResponseBase:
    """How letters of a kind will look, as a PDF, with an invented addressee."""
    chosen = _kind(kind)
    head = actions.letterhead(edition)
    language = request.GET.get("language") or get_language() or "en"
    back = _wording_address(edition, chosen)
    try:
        content = letters.sample_content(edition, chosen)
        writer = Writer(
            edition=edition,
            content=content,
            day=clock.today(edition.zone),
            pictures=letter_papers.pictures(head) if head is not None else {},
            is_draft=True,
        )
        return preview(writer, _sample(edition, content, language), f"{edition.slug}-{chosen}.pdf")
    except (RefusedError, TypesettingError) as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(back)


def preview(writer: Writer, sheet: Sheet, filename: str) -> HttpResponse:
    """One letter as a PDF to look at. Raises `TypesettingError` for what can't be set."""
    try:
        (pdf,) = letter_papers.typeset(writer, [sheet])
    except (limits.LimitExceededError, limits.ProcessFailedError) as failed:
        raise TypesettingError(str(failed)) from failed
    if isinstance(pdf, str):
        raise TypesettingError(
            _("There are letters in it for which this computer has no font, or a broken picture.")
        )
    return tables.download(pdf, filename)


def _sample(edition: Edition, content: Content, language: str) -> Sheet:
    """A letter to somebody invented, of no batch."""
    kind = content["kind"]
    letter = Letter(batch=LetterBatch(edition=edition, kind=kind), language=language)
    person = Person(
        name=_("Given Name Family Name"), position=_("Position"), country=edition.country
    )
    if kind in letter_wordings.TO_PERSONS:
        letter.person = person
    else:
        letter.invitation = Invitation(country=edition.country)
    nominee = Nomination(edition=edition, person=person, country=edition.country)
    language = letter_papers.language_of(content, letter)
    return Sheet(letter, language, about=[(nominee, "seats_full")] * 2)
