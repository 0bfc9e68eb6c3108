"""Adding organisations, changing them, and making one of two that are the same."""

from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from madang.core import audit, clock, texts
from madang.core.audit import Actor
from madang.core.models import Record
from madang.people.actions.people import tidy
from madang.people.actions.refusal import RefusedError
from madang.people.country_names import sort_key
from madang.people.models import Organisation, Role

FIELDS = ("name", "acronym", "kind", "country", "parent", "website", "is_active", "language")
ROLE_SCOPE = "people.organisation"


@transaction.atomic
def add_organisation(
    *, actor: Actor | None, name: str, names: dict[str, str] | None = None, **fields: Any
) -> Organisation:
    """A new organisation; `fields` are some of `FIELDS`, `names` the name in other languages.

    Raises `RefusedError` without a name, or without a country where it is not international.
    """
    organisation = Organisation()
    _set(organisation, {"name": name} | fields)
    organisation.save()
    if names:
        texts.translate(organisation, "name", names)
    audit.record(actor, "organisation.added", organisation, kind=organisation.kind)
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation,
    *,
    actor: Actor | None,
    names: dict[str, str] | None = None,
    expected_version: int | None = None,
    **changes: Any,
) -> list[str]:
    """Change some of `FIELDS`, and the name in other languages; returns what really changed.

    Raises `RefusedError` for what can't be (no name, a part of itself), and
    `core.models.StaleRecordError` where somebody else saved since `expected_version`.
    """
    stored = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    before = {name: getattr(stored, name) for name in changes}
    _set(stored, changes)
    changed = [name for name in changes if getattr(stored, name) != before[name]]
    known = stored.translations_of("name")
    translated = [code for code, text in (names or {}).items() if tidy(text) != known.get(code, "")]
    fields = [*changed, *(f"name_{code}" for code in translated)]
    if fields:
        stored.save(expected_version=expected_version)
        texts.translate(stored, "name", {code: tidy((names or {})[code]) for code in translated})
        if changed:
            audit.record(actor, "organisation.changed", stored, fields=changed)
        for code in translated:
            audit.record(actor, "organisation.translated", stored, fields=["name"], language=code)
        organisation.refresh_from_db()
        organisation.forget_translations()
    return fields


@transaction.atomic
def merge_organisations(
    duplicate: Organisation, remaining: Organisation, *, actor: Actor | None
) -> int:
    """Let everything that points at `duplicate` point at `remaining`; returns how many rows moved.

    The duplicate stays as a row that points at the one which remains. Raises `RefusedError` where
    they are one already, or where some thing points at both and may do so only once.
    """
    locked = Organisation.objects.select_for_update(of=("self",)).order_by("pk")
    by_id = {row.pk: row for row in locked.filter(pk__in=(duplicate.pk, remaining.pk))}
    if len(by_id) < 2:
        raise RefusedError(_("An organisation can't be merged with itself."))
    gone, stays = by_id[duplicate.pk], by_id[remaining.pk]
    if gone.merged_into_id or stays.merged_into_id:
        raise RefusedError(_("One of the two has been merged already."))
    _lift_out_of(stays, gone)
    try:
        with transaction.atomic():
            moved = sum(_repoint(field, gone, stays) for field in references())
    except IntegrityError as error:
        raise RefusedError(
            _("Something names both organisations and may do so only once: remove one there first.")
        ) from error
    moved += _move_roles(gone, stays, actor=actor)
    gone.merged_into, gone.is_active, gone.parent = stays, False, None
    gone.save()
    audit.record(actor, "organisation.merged", gone, into=stays.pk, moved=moved)
    return moved


def references() -> list[models.ForeignKey[Any, Any]]:
    """Every foreign key of the house that points at an organisation."""
    relations = Organisation._meta.get_fields(include_hidden=True)
    return [
        relation.field
        for relation in relations
        if isinstance(relation, models.ManyToOneRel) and relation.field.concrete
    ]


def count_references(organisation: Organisation) -> dict[str, int]:
    """What a merge would move: plural names of things, and how many of each; none of zero."""
    counts: dict[str, int] = {}
    for field in references():
        pointing = field.model._base_manager.filter(**{field.name: organisation.pk}).count()
        if pointing:
            word = str(field.model._meta.verbose_name_plural)
            counts[word] = counts.get(word, 0) + pointing
    roles = Role.objects.filter(scope_model=ROLE_SCOPE, scope_id=organisation.pk).count()
    return counts | ({str(Role._meta.verbose_name_plural): roles} if roles else {})


def _repoint(field: models.ForeignKey[Any, Any], gone: Organisation, stays: Organisation) -> int:
    values: dict[str, Any] = {field.name: stays.pk}
    if issubclass(field.model, Record):
        # As a save of each row would: its version tells other nodes that it changed.
        values |= {"version": models.F("version") + 1, "changed_at": clock.now()}
    return field.model._base_manager.filter(**{field.name: gone.pk}).update(**values)


def _move_roles(gone: Organisation, stays: Organisation, *, actor: Actor | None) -> int:
    """Give roles for the duplicate to the one that remains; end those held for both."""
    roles = list(Role.objects.select_for_update().filter(scope_model=ROLE_SCOPE, scope_id=gone.pk))
    held = set(
        Role.objects.filter(
            scope_model=ROLE_SCOPE, scope_id=stays.pk, ends_at__isnull=True
        ).values_list("account_id", "kind")
    )
    for role in roles:
        if role.ends_at is None and (role.account_id, role.kind) in held:
            role.ends_at = max(clock.now(), role.starts_at)
            audit.record(actor, "role.ended", role.account, kind=role.kind)
        role.scope_id = stays.pk
        role.save(update_fields=["scope_id", "ends_at"])
    return len(roles)


def _lift_out_of(stays: Organisation, gone: Organisation) -> None:
    """Where the one that remains is below the duplicate, it takes the duplicate's place."""
    above = stays
    while above.parent_id is not None:
        if above.parent_id == gone.pk:
            above.parent_id = gone.parent_id
            above.save(update_fields=["parent"])
            return
        above = above.parent


def _set(organisation: Organisation, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if name not in FIELDS:
            raise ValueError(f"{name} of an organisation is not for actions to set.")
        setattr(organisation, name, tidy(value) if isinstance(value, str) else value)
    if not organisation.name:
        raise RefusedError(_("Enter the name of the organisation."), "name")
    if organisation.kind not in Organisation.Kind.values:
        raise RefusedError(_("Say what kind of organisation it is."), "kind")
    if organisation.kind != Organisation.Kind.INTERNATIONAL and organisation.country_id is None:
        raise RefusedError(
            _("Choose the country; only an international organisation has none."), "country"
        )
    above = organisation.parent
    while above is not None:
        if above.pk == organisation.pk:
            raise RefusedError(_("An organisation can't be a part of itself."), "parent")
        above = above.parent
    organisation.sort_key = sort_key(f"{organisation.name} {organisation.acronym}")[:250]
