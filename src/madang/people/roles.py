"""The kinds of role. Each app registers its own, with what it may be scoped to."""

from dataclasses import dataclass

from django.utils.functional import Promise

from madang.core import audit


@dataclass(frozen=True)
class RoleKind:
    """A kind of role. `scope_models` are labels of models; `""` stands for the installation."""

    name: str
    label: str | Promise
    description: str | Promise
    scope_models: tuple[str, ...]
    may_be_delegated: bool = False
    needs_strong_sign_in: bool = False


_kinds: dict[str, RoleKind] = {}


def register(kind: RoleKind) -> None:
    """Declare a kind of role; called from an app's `ready()`."""
    _kinds[kind.name] = kind
    audit.register_words("kind", {kind.name: kind.label})


def kinds() -> list[RoleKind]:
    """Every kind of role, in the order of registration."""
    return list(_kinds.values())


def kind(name: str) -> RoleKind:
    """A kind by name; `KeyError` where nobody registered it."""
    return _kinds[name]
