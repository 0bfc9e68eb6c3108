"""The modules of an edition."""

from collections.abc import Mapping
from typing import Any

from madang.core import audit
from madang.workshops.actions import records
from madang.workshops.models import Edition, Module


def add_module(edition: Edition, values: Mapping[str, Any], *, actor: audit.Actor | None) -> Module:
    module = Module(edition=edition, **values)
    records.add(module, "module.added", actor=actor)
    return module


def change_module(
    module: Module, values: Mapping[str, Any], *, expected_version: int, actor: audit.Actor | None
) -> None:
    records.change(module, values, "module.changed", expected_version=expected_version, actor=actor)


def remove_module(module: Module, *, actor: audit.Actor | None) -> None:
    """Remove a module; its sessions stay, without one."""
    records.remove(module, "module.removed", actor=actor)
