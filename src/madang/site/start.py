"""Loading Django for a command."""

import os

from madang.core.commands import CommandError
from madang.site import installation


def start_django() -> None:
    """Load Django and the apps, with Madang's settings unless others are named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "madang.site.settings")
    import django

    django.setup()


def start_installation() -> None:
    """Load Django for work on this installation.

    Raises `CommandError` if it is not set up, or another installation's keys are in use.
    """
    from django.apps import apps

    if not apps.ready:  # as it is where a test or a shell runs a command
        installation.require_ready(demo=demo_asked())
        start_django()
        require_fitting_key()


def require_fitting_key() -> None:
    """Raise `CommandError` unless the master key opens what the database holds."""
    from madang.core import vault

    try:
        vault.require_fitting_key()
    except vault.VaultError as error:
        raise CommandError(str(error)) from None


def demo_asked() -> bool:
    """Whether the environment asks for the demo."""
    return os.environ.get("MADANG_DEMO") in {"1", "true", "yes"}
