"""The commands of `madang` that belong to the whole house and not to one app."""

from madang.core.commands import Registry
from madang.site.commands import checking, demonstrating, installing, safekeeping, serving


def add_commands(registry: Registry) -> None:
    """Add them in the order in which `madang --help` lists them."""
    for module in (demonstrating, installing, serving, checking, safekeeping):
        module.add_commands(registry)
