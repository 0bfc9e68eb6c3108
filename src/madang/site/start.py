"""Loading Django for a command."""

import os

from madang.core.commands import CommandError


def start_django() -> None:
    """Load Django and the apps, with Madang's settings unless others are named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "madang.site.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        if "SECRET_KEY" not in str(error):
            raise
        raise CommandError(
            "This installation has no keys yet: run `madang setup` first, or set MADANG_DATA and "
            "MADANG_KEYS to where they are."
        ) from error
