"""The daily allowance: the sheet of what is due to whom, its rates, and what is provided when."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from madang.core import locales
from madang.core.exports import Column, Table
from madang.core.requests import Request, form_page
from madang.documents import tables
from madang.logistics.actions import allowances as actions
from madang.logistics.allowances import Line
from madang.logistics.forms.money import DaysForm, EntitlementForm, RateForm
from madang.logistics.models import AllowanceDay, AllowanceRate, NoAllowance
from madang.logistics.papers import signatures
from madang.logistics.queries import allowances as queries
from madang.logistics.queries import travellers
from madang.logistics.views.pages import listed, page
from madang.workshops.models import Edition
from madang.workshops.queries import people
from madang.workshops.views.manage import common


@require_safe
@common.of_edition()
def sheet(request: Request, edition: Edition) -> HttpResponseBase:
    """Everybody to whom an allowance is due, and who gets none; the rates beside it."""
    rows = [each for each in queries.due(edition) if each.rate is not None]
    if tables.wanted(request):
        return listed(request, edition, _table(rows), "allowances", title=_("Daily allowance"))
    return page(
        request, "allowances", edition,
        rows=rows,
        sums=queries.sums(rows),
        rates=list(edition.allowance_rates.select_related("source")),
        days=queries.provided_by_day(edition),
        unknown=sum(not each.days_known for each in rows),
        reasons=_reasons(),
        into_budget=any(each.rate.source_id for each in rows),
    )  # fmt: skip


def _reasons() -> dict[str, str]:
    """Why somebody gets none, in words; the last is what is noted of their stay."""
    return {**dict(NoAllowance.Why.choices), "no_show": _("did not come")}


def _table(rows: list[queries.Due]) -> Table:
    reasons = _reasons()
    return Table(
        columns=(
            Column("name", _("Name")),
            Column("country", _("Country")),
            Column("first", _("From")),
            Column("last", _("To")),
            Column("days", _("Days")),
            Column("currency", _("Currency")),
            Column("amount", _("Amount")),
            Column("why_none", _("Why none")),
        ),
        rows=(
            (
                each.participation.person.name,
                people.country_name(each.participation),
                each.first,
                each.last,
                len(each.allowance.lines) if each.allowance else 0,
                each.rate.currency,
                each.allowance.total.amount if each.allowance else None,
                reasons.get(each.why_none, ""),
            )
            for each in rows
        ),
    )


def _back(edition: Edition) -> str:
    return reverse("logistics:allowances", args=[edition.slug])


@require_safe
@common.of_edition()
def signature_sheet(_request: Request, edition: Edition) -> HttpResponseBase:
    """The sheet on which each signs for what they got, as PDF."""
    return tables.download(signatures.pdf(edition), f"{edition.slug}-signatures.pdf")


@form_page
@common.of_edition()
def allowance(request: Request, edition: Edition, participation_id: UUID) -> HttpResponseBase:
    """One person's allowance, day by day with the reason of each amount; a POST withholds it."""
    participation = common.found(travellers.expected(edition), participation_id)
    due = queries.of_person(edition, participation)
    address = reverse("logistics:allowance", args=[edition.slug, participation.pk])
    form = None
    if common.may_change(request, edition):
        stored = NoAllowance.objects.filter(participation=participation).first()
        form = EntitlementForm(request.POST or None, why_none=stored.why if stored else "")
        if form.is_valid():
            actions.set_entitlement(participation, form.why_none, actor=request.who)
            return common.done(request, _("It is saved."), address)
    return page(
        request, "allowance", edition,
        due=due, form=form, why_none=_reasons().get(due.why_none, ""), lines=_in_words(due),
    )  # fmt: skip


def _in_words(due: queries.Due) -> list[tuple[Line, str]]:
    """Each day with what was provided on it."""
    words = {
        name: str(AllowanceDay._meta.get_field(name).verbose_name) for name in AllowanceDay.PROVIDED
    }
    lines = due.allowance.lines if due.allowance else ()
    return [(line, locales.listed(words[name] for name in line.provided)) for line in lines]


@form_page
@common.of_edition(changes=True)
def days(request: Request, edition: Edition) -> HttpResponseBase:
    """What is provided on each day, all on one page."""
    form = DaysForm(request.POST or None, provided=queries.days_to_set(edition))
    if form.is_valid() and common.performed(
        form, lambda: actions.set_days(edition, form.provided(), actor=request.who)
    ):
        return common.done(request, _("The days are saved."), _back(edition))
    return page(request, "allowance_days", edition, form=form)


@require_POST
@common.of_edition(changes=True)
def into_budget(request: Request, edition: Edition) -> HttpResponseBase:
    """Bring the allowances into the budget as planned expenses."""
    number = actions.plan_expenses(edition, actor=request.who)
    said = ngettext(
        "%(number)s allowance is planned or brought up to date in the budget.",
        "%(number)s allowances are planned or brought up to date in the budget.",
        number,
    ) % {"number": locales.number(number)}
    return common.done(request, said, _back(edition))


# --- Rates ---------------------------------------------------------------------------------------
@form_page
@common.of_edition(changes=True)
def rate_add(request: Request, edition: Edition) -> HttpResponseBase:
    form = RateForm(request.POST or None, edition=edition)
    return common.edit(
        request,
        form,
        lambda: actions.add_rate(edition, form.values(), actor=request.who),
        said=_("The rate is added. Now say what is provided on which day."),
        back=_back(edition),
        title=_("Add a rate"),
        submit=_("Add the rate"),
        edition=edition,
    )


def _rate(edition: Edition, rate_id: UUID) -> AllowanceRate:
    return common.found(edition.allowance_rates, rate_id)


@form_page
@common.of_edition(changes=True)
def rate_edit(request: Request, edition: Edition, rate_id: UUID) -> HttpResponseBase:
    rate = _rate(edition, rate_id)
    form = RateForm(request.POST or None, instance=rate, edition=edition)
    return common.edit(
        request,
        form,
        lambda: actions.change_rate(
            rate, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("The rate is saved."),
        back=_back(edition),
        title=_("Edit the rate"),
        submit=_("Save the rate"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def rate_remove(request: Request, edition: Edition, rate_id: UUID) -> HttpResponseBase:
    rate = _rate(edition, rate_id)
    return common.remove(
        request,
        lambda: actions.remove_rate(rate, actor=request.who),
        said=_("The rate is removed."),
        back=_back(edition),
        title=_("Remove this rate?"),
        submit=_("Remove the rate"),
        consequences=[
            _("Those it was for get the rate for all, if there is one."),
            _("What was committed in the budget stays."),
            _("This can't be undone."),
        ],
    )
