"""Addresses below /manage/<edition>/cohort/: the secretariat's pages."""

from django.urls import include, path

app_name = "nominations"

urlpatterns = [
    path("call/", include("madang.nominations.urls_call")),
    path("countries/", include("madang.nominations.urls_countries")),
    path("correspondence/", include("madang.nominations.urls_register")),
    path("nominations/files/", include("madang.nominations.urls_imports")),
    path("nominations/", include("madang.nominations.urls_nominations")),
    path("screening/", include("madang.nominations.urls_screening")),
]
