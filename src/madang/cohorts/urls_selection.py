"""Addresses of the selection."""

from django.urls import include, path

from madang.cohorts.views import selection

_scenario = [
    path("", selection.scenario, name="scenario"),
    path("solve/", selection.solve, name="scenario_solve"),
    path("move/", selection.move, name="scenario_move"),
    path("copy/", selection.scenario_copy, name="scenario_copy"),
    path("remove/", selection.scenario_remove, name="scenario_remove"),
    path("pin/<uuid:nomination_id>/", selection.pin, name="pin"),
    path("unpin/<uuid:nomination_id>/", selection.unpin, name="unpin"),
]
urlpatterns = [
    path("", selection.selection, name="selection"),
    path("compare/", selection.compare, name="compare"),
    path("travel/", selection.estimates, name="estimates"),
    path("<uuid:scenario_id>/", include(_scenario)),
]
