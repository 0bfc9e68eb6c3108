"""The organiser's list of countries."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core import audit, exports
from madang.core.models import StaleRecordError
from madang.core.requests import PAGE_SIZE, Request, form_page
from madang.people import countries, country_sheets, rules
from madang.people.actions.countries import add_name, change_country, strike_name
from madang.people.actions.refusal import RefusedError
from madang.people.forms.countries import CountryFilter, CountryForm, SpellingForm
from madang.people.forms.refusals import show_refusal
from madang.people.models import Country, CountryName


@require_safe
def country_list(request: Request) -> HttpResponseBase:
    """Countries and areas, found by any of their spellings."""
    if not rules.edit_countries.can(request.who, Country()):
        raise Http404
    form = CountryFilter(request.GET)
    form.is_valid()
    text = form.cleaned_data.get("q", "")
    found = countries.in_order_of_names(_filtered(form, text))
    if exports.wanted(request):
        return exports.respond(request, country_sheets.table(found), "countries")
    page: Page[Country] = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    meant = () if found or not text else countries.match(text).candidates
    return render(request, "people/countries.html", {"form": form, "rows": page, "meant": meant})


@form_page
def country_detail(request: Request, alpha2: str) -> HttpResponse:
    """One country: its names, how it is offered, its spellings, who changed what."""
    country = _country(request, alpha2)
    form = CountryForm(request.POST or None, instance=country)
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_country(
                country,
                actor=request.who,
                names=form.names(),
                expected_version=form.expected_version,
                **form.values(),
            )
        except RefusedError as refused:
            show_refusal(form, refused)
        except StaleRecordError:
            form.show_conflict()
        else:
            messages.success(request, _("Saved.") if changed else _("Nothing was different."))
            return redirect("people_manage:country", country.alpha2.lower())
    return _detail(request, alpha2, form=form)


@require_POST
def spelling_add(request: Request, alpha2: str) -> HttpResponse:
    """Recognise one more spelling."""
    country = _country(request, alpha2)
    form = SpellingForm(request.POST)
    if form.is_valid():
        try:
            name = add_name(country, actor=request.who, **form.cleaned_data)
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            text = {"spelling": name.text, "country": country}
            messages.success(request, _("Lists that say “%(spelling)s” mean %(country)s.") % text)
            return redirect("people_manage:country", country.alpha2.lower())
    return _detail(request, alpha2, spelling_form=form)


@require_POST
def spelling_strike(request: Request, alpha2: str, name_id: UUID) -> HttpResponse:
    """Recognise a spelling no longer."""
    country = _country(request, alpha2)
    name = CountryName.objects.select_related("country").filter(country=country, pk=name_id)
    found = name.first()
    if found is None:
        raise Http404
    try:
        strike_name(found, actor=request.who)
    except RefusedError as refused:
        messages.error(request, str(refused.why))
    else:
        messages.success(request, _("“%(spelling)s” is struck out.") % {"spelling": found.text})
    return redirect("people_manage:country", country.alpha2.lower())


def _country(request: Request, alpha2: str) -> Country:
    return rules.edit_countries.get_or_404(
        request.who, Country.objects.all(), alpha2=alpha2.upper()
    )


def _filtered(form: CountryFilter, text: str) -> QuerySet[Country]:
    wanted = form.cleaned_data
    found = Country.objects.annotate(spellings=Count("names", filter=Q(names__is_used=True)))
    if wanted.get("region"):
        found = found.filter(Q(region=wanted["region"]) | Q(subregion=wanted["region"]))
    if wanted.get("status"):
        found = found.filter(status=wanted["status"])
    if wanted.get("listed"):
        found = found.filter(is_listed=wanted["listed"] == "yes")
    return countries.search(text, found)


def _detail(
    request: Request,
    alpha2: str,
    *,
    form: CountryForm | None = None,
    spelling_form: SpellingForm | None = None,
) -> HttpResponse:
    # Read afresh: a form that failed has written what was typed into its own copy.
    country = _country(request, alpha2)
    return render(
        request,
        "people/country.html",
        {
            "country": country,
            "form": form or CountryForm(instance=country),
            "spelling_form": spelling_form or SpellingForm(),
            "spellings": countries.names_of(country),
            "history": audit.trail(request.who, thing=country, limit=10),
        },
    )
