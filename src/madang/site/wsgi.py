"""Where a web server finds Madang.

Everything that the first request would otherwise wait for is loaded here, before the server says
that it is ready.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "madang.site.settings")

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  (loads every app's views)
