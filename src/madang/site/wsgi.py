"""Where a web server finds Madang.

Everything that the first request would otherwise wait for is loaded here, before the server says
that it is ready.
"""

import gc
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "madang.site.settings")


def _load() -> "WSGIHandler":
    # What is loaded stays, so that looking for garbage in it is lost time: now, and whenever a
    # full collection would let a reader wait for it.
    gc.disable()
    from django.core.wsgi import get_wsgi_application
    from django.urls import get_resolver

    loaded = get_wsgi_application()
    get_resolver().url_patterns  # noqa: B018  (loads every app's views)
    gc.collect()
    gc.freeze()
    gc.enable()
    return loaded


application = _load()
