"""The secretariat's pages of nominations: all of them, one, entering, changing, judging."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from madang.core import audit, exports, files, locales, outbox
from madang.core.requests import Request, form_page, page_of
from madang.core.transitions import available
from madang.nominations import completeness, eligibility
from madang.nominations.actions import endorsements, removal
from madang.nominations.actions import nominations as actions
from madang.nominations.forms.endorsement import AskForm, RecordEndorsementForm
from madang.nominations.forms.lists import JudgeForm, NominationFilters
from madang.nominations.forms.nomination import NewNominationForm, for_nomination
from madang.nominations.models import Nomination
from madang.nominations.queries import calls
from madang.nominations.queries import nominations as queries
from madang.nominations.views import drafts
from madang.nominations.views.pages import page
from madang.workshops.models import Edition
from madang.workshops.views.manage import common

State = Nomination.State


def _found(edition: Edition, nomination_id: UUID) -> Nomination:
    return common.found(queries.whole(edition.nominations.all()), nomination_id)


def _back(edition: Edition) -> str:
    return reverse("nominations:nominations", args=[edition.slug])


def _back_to(nomination: Nomination) -> str:
    return reverse("nominations:nomination", args=[nomination.edition.slug, nomination.pk])


# --- All of them ---------------------------------------------------------------------------------
@require_safe
@common.of_edition()
def nominations(request: Request, edition: Edition) -> HttpResponseBase:
    """Everybody who was nominated, narrowed by what stands in the address."""
    form = NominationFilters(request.GET, countries=queries.countries(edition))
    form.is_valid()
    found = queries.filtered(queries.of_edition(edition), form.cleaned_data)
    if exports.wanted(request):
        return exports.respond(request, _table(found), f"{edition.slug}-nominations")
    rows = page_of(request, found)
    queries.with_wordings(list(rows.object_list))
    call = calls.of_edition(edition)
    for row in rows.object_list:
        needs = call is not None and call.endorsement_needed and row.state == State.DRAFT
        row.waits = needs and not row.is_endorsed
    return page(
        request, "nominations/list", edition,
        form=form, rows=rows,
        waiting=edition.nominations.filter(state=State.SUBMITTED).count() if call else 0,
    )  # fmt: skip


def _table(found: Iterable[Nomination]) -> exports.Table:
    def rows() -> Iterator[tuple[exports.Value, ...]]:
        listed = list(found)
        queries.with_wordings(listed)
        for one in listed:
            yield (
                one.number,
                one.get_state_display(),
                locales.listed(eligibility.sentences(one.grounds)),
                str(one.country.wording("name")),
                one.title,
                one.person.name,
                one.family_name,
                one.given_names,
                one.person.position,
                one.organisation_name,
                one.get_sector_display(),
                one.get_sex_display(),
                one.person.email,
                one.person.phone,
                one.years_experience,
                one.language_level,
                {True: _("yes"), False: _("no")}.get(one.attended_before, ""),
                _("yes") if one.is_endorsed else _("no"),
                one.preference,
                one.get_origin_display(),
                one.submitted_at,
            )

    return exports.Table(
        columns=(
            exports.Column("number", _("Number")),
            exports.Column("state", _("State")),
            exports.Column("grounds", _("Grounds")),
            exports.Column("country", _("Country")),
            exports.Column("title", _("Title")),
            exports.Column("name", _("Name")),
            exports.Column("family_name", _("Family name")),
            exports.Column("given_names", _("Given names")),
            exports.Column("position", _("Position")),
            exports.Column("organisation", _("Organisation")),
            exports.Column("sector", _("Sector")),
            exports.Column("sex", _("Sex")),
            exports.Column("email", _("E-mail address")),
            exports.Column("phone", _("Telephone")),
            exports.Column("years_experience", _("Years in e-Government")),
            exports.Column("language_level", _("Command of the working language")),
            exports.Column("attended_before", _("Came to an earlier workshop")),
            exports.Column("endorsed", _("Endorsed")),
            exports.Column("preference", _("Preference of the country")),
            exports.Column("origin", _("Came as")),
            exports.Column("received", _("Received")),
        ),
        rows=rows(),
    )


@require_POST
@common.of_edition(changes=True)
def judge_all(request: Request, edition: Edition) -> HttpResponseBase:
    """Judge by the call's rules everything that was received and nobody has judged."""
    told: list[tuple[int, int]] = []
    if not common.tried(
        request, lambda: told.append(actions.judge_all(edition, actor=request.who))
    ):
        return HttpResponseRedirect(_back(edition))
    good, bad = told[0]
    said = ngettext(
        "%(good)s nomination is eligible, %(bad)s not.",
        "%(good)s nominations are eligible, %(bad)s not.",
        good,
    ) % {"good": locales.number(good), "bad": locales.number(bad)}
    return common.done(request, said, _back(edition))


# --- One -----------------------------------------------------------------------------------------
@require_safe
@common.of_edition()
def nomination(request: Request, edition: Edition, nomination_id: UUID) -> HttpResponseBase:
    """Everything that is known of one nomination, and what can be done with it now."""
    one = _found(edition, nomination_id)
    endorsement = completeness.endorsement_of(one)
    return page(
        request, "nominations/nomination", edition,
        nomination=one,
        person=one.person,
        answers=queries.answers_in_words(one),
        grounds=eligibility.sentences(one.grounds),
        missing=completeness.missing(one) if one.state in {State.DRAFT, State.WITHDRAWN} else [],
        endorsement=endorsement,
        waits=one.state == State.DRAFT and completeness.waits_for_endorsement(one),
        is_endorsed=completeness.is_endorsed(one),
        endorser=endorsement.endorser if endorsement is not None else None,
        files=files.of(endorsement) if endorsement is not None else [],
        scans=files.of(one.source) if one.source is not None else [],
        mails=outbox.about(one).order_by("created_at"),
        possible={bound.name for bound in available(one)},
        trail=audit.trail(request.who, thing=one, limit=20),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def nomination_add(request: Request, edition: Edition) -> HttpResponseBase:
    """Enter a nomination for a country."""
    form = NewNominationForm(
        request.POST or None,
        call=calls.of_edition(edition),
        for_secretariat=True,
        initial={"country": request.GET.get("country")},
    )

    def save() -> Nomination:
        return actions.enter(
            edition,
            form.cleaned_data["country"],
            form.person_values(),
            form.values(),
            answers=form.answers(),
            origin=Nomination.Origin.SECRETARIAT,
            actor=request.who,
        )

    made: list[Nomination] = []
    if form.is_valid() and common.performed(form, lambda: made.append(save())):
        return common.done(request, _("The nomination is entered."), _back_to(made[0]))
    return page(
        request, "nominations/form", edition,
        form=form, title=_("Enter a nomination"), cancel=_back(edition), is_draft=False,
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def nomination_edit(request: Request, edition: Edition, nomination_id: UUID) -> HttpResponseBase:
    """Change a nomination; a draft is saved while it is typed."""
    one = _found(edition, nomination_id)
    form = for_nomination(one, request.POST or None, for_secretariat=True)

    def save() -> Nomination:
        actions.change(
            one,
            form.person_values(),
            form.values(),
            answers=form.answers(),
            actor=request.who,
            expected_version=form.expected_version,
        )
        return one

    if drafts.is_draft(request):
        return drafts.saved(form, save, lambda _it: request.path)
    if form.is_valid() and common.performed(form, save):
        return common.done(request, _("The changes are saved."), _back_to(one))
    return page(
        request, "nominations/form", edition,
        form=form,
        title=_("Edit nomination %(number)s") % {"number": locales.number(one.number)},
        cancel=_back_to(one),
        is_draft=one.state == State.DRAFT,
    )  # fmt: skip


# --- What becomes of it --------------------------------------------------------------------------
@require_POST
@common.of_edition(changes=True)
def nomination_move(
    request: Request, edition: Edition, nomination_id: UUID, step: str
) -> HttpResponseBase:
    """Submit, give back or accept a nomination with one button."""
    one = _found(edition, nomination_id)
    acts = {
        "submit": (lambda: actions.submit(one, actor=request.who), _("It counts as received.")),
        "reopen": (lambda: actions.reopen(one, actor=request.who), _("It is a draft again.")),
        "accept": (lambda: actions.judge(one, [], actor=request.who), _("It is eligible.")),
    }
    act, said = acts[step]
    if common.tried(request, act):
        return common.done(request, said, _back_to(one))
    return HttpResponseRedirect(_back_to(one))


@form_page
@common.of_edition(changes=True)
def nomination_refuse(request: Request, edition: Edition, nomination_id: UUID) -> HttpResponseBase:
    """Find a nomination not eligible, on grounds."""
    one = _found(edition, nomination_id)
    form = JudgeForm(request.POST or None, initial={"grounds": one.grounds})
    return common.edit(
        request,
        form,
        lambda: actions.judge(one, form.cleaned_data["grounds"], actor=request.who),
        said=_("It is not eligible."),
        back=_back_to(one),
        title=_("Why is nomination %(number)s not eligible?")
        % {"number": locales.number(one.number)},
        submit=_("Not eligible"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def nomination_withdraw(
    request: Request, edition: Edition, nomination_id: UUID
) -> HttpResponseBase:
    """Ask, then note that the country took a nomination back."""
    one = _found(edition, nomination_id)
    return common.remove(
        request,
        lambda: actions.withdraw(one, actor=request.who),
        said=_("The nomination is withdrawn."),
        back=_back_to(one),
        title=_("Withdraw nomination %(number)s?") % {"number": locales.number(one.number)},
        submit=_("Withdraw it"),
        consequences=[
            _("It does not take part in the selection."),
            _("It can be submitted again."),
        ],
    )


@form_page
@common.of_edition(changes=True)
def nomination_remove(request: Request, edition: Edition, nomination_id: UUID) -> HttpResponseBase:
    """Ask, then delete a draft that was never submitted."""
    one = _found(edition, nomination_id)
    return common.remove(
        request,
        lambda: removal.remove_draft(one, actor=request.who),
        said=_("The draft is deleted."),
        back=_back(edition),
        stay=_back_to(one),
        title=_("Delete the draft of nomination %(number)s?")
        % {"number": locales.number(one.number)},
        submit=_("Delete the draft"),
        consequences=[
            _("Everything that was entered is gone, and can't be brought back."),
            _("The person is erased where nothing else speaks of them."),
        ],
    )


# --- Endorsement ---------------------------------------------------------------------------------
@form_page
@common.of_edition(changes=True)
def endorsement_ask(request: Request, edition: Edition, nomination_id: UUID) -> HttpResponseBase:
    """Mail a superior the link by which they endorse."""
    one = _found(edition, nomination_id)
    form = AskForm(request.POST or None)
    return common.edit(
        request,
        form,
        lambda: endorsements.ask(
            one, form.cleaned_data["name"], form.cleaned_data["email"], actor=request.who
        ),
        said=_("They are asked by mail, with a link of their own."),
        back=_back_to(one),
        title=_("Ask a superior to endorse nomination %(number)s")
        % {"number": locales.number(one.number)},
        submit=_("Ask them by mail"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def endorsement_record(request: Request, edition: Edition, nomination_id: UUID) -> HttpResponseBase:
    """Note an endorsement that came on paper, with its scan."""
    one = _found(edition, nomination_id)
    form = RecordEndorsementForm(request.POST or None, request.FILES or None)
    return common.edit(
        request,
        form,
        lambda: endorsements.record(one, **form.cleaned_data, actor=request.who),
        said=_("The endorsement is recorded."),
        back=_back_to(one),
        title=_("Record an endorsement of nomination %(number)s")
        % {"number": locales.number(one.number)},
        submit=_("Record the endorsement"),
        edition=edition,
    )
