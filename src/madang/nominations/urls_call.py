"""Addresses of the secretariat's pages of the call."""

from django.urls import path

from madang.nominations.views import call

_QUESTION = "questions/<uuid:question_id>/"

urlpatterns = [
    path("", call.call, name="call"),
    path("begin/", call.call_begin, name="call_begin"),
    path("edit/", call.call_edit, name="call_edit"),
    path("state/<slug:name>/", call.call_state, name="call_state"),
    path("take-over/", call.take_over, name="call_take_over"),
    path("quotas/", call.quotas, name="quotas"),
    path("form/", call.preview, name="call_preview"),
    path("questions/add/", call.question_add, name="question_add"),
    path(_QUESTION, call.question_edit, name="question_edit"),
    path(f"{_QUESTION}remove/", call.question_remove, name="question_remove"),
    path(f"{_QUESTION}up/", call.question_move, {"way": "up"}, name="question_up"),
    path(f"{_QUESTION}down/", call.question_move, {"way": "down"}, name="question_down"),
    path("texts/<slug:kind>/<uuid:thing_id>/", call.translation, name="call_translation"),
]
