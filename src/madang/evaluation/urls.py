"""Addresses below an edition's public one."""

from django.urls import path

from madang.evaluation.views import own

app_name = "own_evaluation"

urlpatterns = [
    path("evaluation/", own.mine, name="mine"),
    path("evaluation/<uuid:form_id>/", own.answer, name="answer"),
    path("evaluation/<uuid:form_id>/hand-in/", own.hand_in, name="hand_in"),
    path("evaluation/<uuid:form_id>/thanks/", own.thanks, name="thanks"),
    path("evaluation/<uuid:form_id>/results/", own.own_results, name="own_results"),
]
