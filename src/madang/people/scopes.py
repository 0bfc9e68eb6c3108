"""The things that a role can be for, from their models and ids."""

from uuid import UUID

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from madang.people.actions.refusal import RefusedError


def thing_in_scope(scope: tuple[str, UUID] | None) -> Model | None:
    """The thing of a model label and an id; None for everything. Raises `RefusedError`."""
    if scope is None:
        return None
    model, scope_id = scope
    thing: Model | None = apps.get_model(model)._default_manager.filter(pk=scope_id).first()
    if thing is None:
        raise RefusedError(_("This was removed in the meantime."), "scope")
    return thing
