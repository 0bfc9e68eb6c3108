"""The settings of an edition: its details, modules and partners."""

from uuid import UUID

from django.db.models import Count
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from madang.core import locales, texts
from madang.core.requests import Request, form_page
from madang.workshops.actions import modules, partners
from madang.workshops.forms.editions import ModuleForm, PartnerForm
from madang.workshops.models import Edition, EditionPartner, Module
from madang.workshops.queries import overview
from madang.workshops.views.manage import common


@require_safe
@common.of_edition()
def settings(request: Request, edition: Edition) -> HttpResponseBase:
    """Details, modules and partners at one glance."""
    shown_modules = list(edition.modules.annotate(session_count=Count("sessions")))
    shown_partners = list(edition.partners.select_related("organisation"))
    texts.prefetch([edition])
    texts.prefetch([edition.country])
    texts.prefetch(shown_modules)
    texts.prefetch(shown_partners)
    texts.prefetch_referred(shown_partners, "organisation")
    return common.page(
        request, "settings", edition,
        modules=shown_modules,
        partners=shown_partners,
        previous=overview.previous(edition),
    )  # fmt: skip


def _back(edition: Edition) -> str:
    return reverse("manage:settings", args=[edition.slug])


# --- Modules -------------------------------------------------------------------------------------
@form_page
@common.of_edition(changes=True)
def module_add(request: Request, edition: Edition) -> HttpResponseBase:
    last = edition.modules.order_by("-number").values_list("number", flat=True).first() or 0
    form = ModuleForm(request.POST or None, edition=edition, initial={"number": last + 1})
    return common.edit(
        request,
        form,
        lambda: modules.add_module(
            edition, form.values() | {"language": edition.language}, actor=request.who
        ),
        said=_("The module is added."),
        back=_back(edition),
        title=_("Add a module"),
        submit=_("Add the module"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def module_edit(request: Request, edition: Edition, module_id: UUID) -> HttpResponseBase:
    module = common.found(edition.modules, module_id)
    form = ModuleForm(request.POST or None, instance=module, edition=edition)
    return common.edit(
        request,
        form,
        lambda: modules.change_module(
            module, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("The module is saved."),
        back=_back(edition),
        title=_("Edit the module"),
        submit=_("Save the module"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def module_remove(request: Request, edition: Edition, module_id: UUID) -> HttpResponseBase:
    module: Module = common.found(edition.modules, module_id)
    count = module.sessions.count()
    consequences = []
    if count:
        said = ngettext(
            "One session stays, without a module.",
            "%(number)s sessions stay, without a module.",
            count,
        )
        consequences.append(said % {"number": locales.number(count)})
    return common.remove(
        request,
        lambda: modules.remove_module(module, actor=request.who),
        said=_("The module is removed."),
        back=_back(edition),
        title=_("Remove “%(title)s”?") % {"title": module.wording("title")},
        submit=_("Remove the module"),
        consequences=consequences,
    )


# --- Partners ------------------------------------------------------------------------------------
@form_page
@common.of_edition(changes=True)
def partner_add(request: Request, edition: Edition) -> HttpResponseBase:
    form = PartnerForm(request.POST or None, edition=edition)
    return common.edit(
        request,
        form,
        lambda: partners.add_partner(
            edition, form.values() | {"language": edition.language}, actor=request.who
        ),
        said=_("The partner is added."),
        back=_back(edition),
        title=_("Add an organiser, partner or supporter"),
        submit=_("Add the partner"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def partner_edit(request: Request, edition: Edition, partner_id: UUID) -> HttpResponseBase:
    partner = common.found(edition.partners, partner_id)
    form = PartnerForm(request.POST or None, instance=partner, edition=edition)
    return common.edit(
        request,
        form,
        lambda: partners.change_partner(
            partner, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("The partner is saved."),
        back=_back(edition),
        title=_("Edit the partner"),
        submit=_("Save the partner"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def partner_remove(request: Request, edition: Edition, partner_id: UUID) -> HttpResponseBase:
    partner: EditionPartner = common.found(
        edition.partners.select_related("organisation"), partner_id
    )
    return common.remove(
        request,
        lambda: partners.remove_partner(partner, actor=request.who),
        said=_("The partner is removed."),
        back=_back(edition),
        title=_("Remove %(name)s from the edition?")
        % {"name": partner.organisation.wording("name")},
        submit=_("Remove the partner"),
    )
