"""Materials of an edition and their versions."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core import texts
from madang.core.requests import Request, form_page, page_of
from madang.workshops.actions import materials as actions
from madang.workshops.forms.materials import MaterialForm, NewMaterialForm, VersionForm
from madang.workshops.models import Edition, Material
from madang.workshops.queries import materials as queries
from madang.workshops.views.manage import common


@require_safe
@common.of_edition()
def materials(request: Request, edition: Edition) -> HttpResponseBase:
    """Every material with its newest version."""
    rows = page_of(request, queries.in_edition(edition))
    rows.object_list = queries.with_files(list(rows.object_list))
    return common.page(request, "materials", edition, rows=rows)


def _back(edition: Edition) -> str:
    return reverse("manage:materials", args=[edition.slug])


def _back_to(edition: Edition, material: Material) -> str:
    return reverse("manage:material", args=[edition.slug, material.pk])


@require_safe
@common.of_edition()
def material(request: Request, edition: Edition, material_id: UUID) -> HttpResponseBase:
    """One material with all its versions."""
    material = common.found(edition.materials.select_related("session"), material_id)
    texts.prefetch([material])
    versions = material.versions.select_related("file").order_by("-number")
    return common.page(request, "material", edition, material=material, versions=versions)


@form_page
@common.of_edition(changes=True)
def material_add(request: Request, edition: Edition) -> HttpResponseBase:
    initial = {"session": request.GET.get("session"), "language": edition.language}
    form = NewMaterialForm(
        request.POST or None, request.FILES or None, edition=edition, initial=initial
    )
    return common.edit(
        request,
        form,
        lambda: actions.add_material(
            edition, form.values(), form.cleaned_data["upload"], actor=request.who
        ),
        said=_("The material is added."),
        back=_back(edition),
        title=_("Add a material"),
        submit=_("Add the material"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def material_edit(request: Request, edition: Edition, material_id: UUID) -> HttpResponseBase:
    material = common.found(edition.materials, material_id)
    form = MaterialForm(request.POST or None, instance=material, edition=edition)
    return common.edit(
        request,
        form,
        lambda: actions.change_material(
            material, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("The material is saved."),
        back=_back_to(edition, material),
        title=_("Edit the material"),
        submit=_("Save the material"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def material_version(request: Request, edition: Edition, material_id: UUID) -> HttpResponseBase:
    """Upload a new version."""
    material = common.found(edition.materials, material_id)
    form = VersionForm(request.POST or None, request.FILES or None)
    return common.edit(
        request,
        form,
        lambda: actions.add_version(
            material,
            form.cleaned_data["upload"],
            note=form.cleaned_data["note"],
            actor=request.who,
        ),
        said=_("The new version is there; people are given it from now on."),
        back=_back_to(edition, material),
        title=_("A new version of “%(title)s”") % {"title": material.wording("title")},
        submit=_("Upload the version"),
        edition=edition,
        lead=_("The earlier versions are kept."),
    )


@form_page
@common.of_edition(changes=True)
def material_withdraw(request: Request, edition: Edition, material_id: UUID) -> HttpResponseBase:
    material = common.found(edition.materials, material_id)
    return common.remove(
        request,
        lambda: actions.withdraw_material(material, actor=request.who),
        said=_("The material is withdrawn."),
        back=_back_to(edition, material),
        title=_("Withdraw “%(title)s”?") % {"title": material.wording("title")},
        submit=_("Withdraw the material"),
        consequences=[
            _("Nobody but the secretariat is offered it any more."),
            _("You can offer it again by editing it."),
        ],
    )
