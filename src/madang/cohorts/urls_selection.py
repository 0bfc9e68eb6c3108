"""Addresses of the selection."""

from django.urls import include, path

from madang.cohorts.views import decisions, drawings, selection

_scenario = [
    path("", selection.scenario, name="scenario"),
    path("solve/", selection.solve, name="scenario_solve"),
    path("move/", selection.move, name="scenario_move"),
    path("copy/", selection.scenario_copy, name="scenario_copy"),
    path("remove/", selection.scenario_remove, name="scenario_remove"),
    path("pin/<uuid:nomination_id>/", selection.pin, name="pin"),
    path("drawing/", drawings.drawing, name="drawing"),
    path("drawing/freeze/", drawings.freeze, name="drawing_freeze"),
    path("propose/", decisions.propose, name="propose"),
    path("unpin/<uuid:nomination_id>/", selection.unpin, name="unpin"),
]
urlpatterns = [
    path("", selection.selection, name="selection"),
    path("compare/", selection.compare, name="compare"),
    path("travel/", selection.estimates, name="estimates"),
    path("decisions/<uuid:decision_id>/", decisions.decision, name="decision"),
    path(
        "decisions/<uuid:decision_id>/minutes/",
        decisions.decision_minutes,
        name="decision_minutes",
    ),
    path("decisions/<uuid:decision_id>/drop/", decisions.decision_drop, name="decision_drop"),
    path("<uuid:scenario_id>/", include(_scenario)),
]
