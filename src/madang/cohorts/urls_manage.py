"""Addresses below /manage/<edition>/cohort/: the secretariat's pages."""

from django.urls import include, path

app_name = "cohorts"

urlpatterns = [
    path("selection/", include("madang.cohorts.urls_selection")),
    path("offers/", include("madang.cohorts.urls_offers")),
    path("letters/", include("madang.cohorts.urls_letters")),
]
