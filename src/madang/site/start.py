"""Loading Django for a command."""

import os

from madang.site import installation


def start_django() -> None:
    """Load Django and the apps, with Madang's settings unless others are named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "madang.site.settings")
    import django

    django.setup()


def start_installation() -> None:
    """Load Django for work on this installation; raises `CommandError` if it is not set up."""
    from django.apps import apps

    if not apps.ready:  # as it is where a test or a shell runs a command
        installation.require_ready(demo=demo_asked())
        start_django()


def demo_asked() -> bool:
    """Whether the environment asks for the demo."""
    return os.environ.get("MADANG_DEMO") in {"1", "true", "yes"}
