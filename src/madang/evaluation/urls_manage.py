"""Addresses below an edition of /manage/."""

from django.urls import path

from madang.evaluation.views import desk, questions

app_name = "evaluation"

urlpatterns = [
    path("", desk.forms, name="forms"),
    path("make/", desk.make, name="make"),
    path("results/", desk.all_results, name="results"),
    path("comments/", questions.comments, name="comments"),
    path("comments/<uuid:comment_id>/", questions.comment_publish, name="comment_publish"),
    path(
        "comments/<uuid:comment_id>/withhold/", questions.comment_withhold, name="comment_withhold"
    ),
    path("questions/<uuid:question_id>/", questions.question_edit, name="question_edit"),
    path("questions/<uuid:question_id>/remove/", questions.question_remove, name="question_remove"),
    path(
        "questions/<uuid:question_id>/<slug:name>/", questions.question_move, name="question_move"
    ),
    path("texts/<slug:kind>/<uuid:thing_id>/", questions.translation, name="translation"),
    path("<uuid:form_id>/", desk.form, name="form"),
    path("<uuid:form_id>/preview/", desk.preview, name="preview"),
    path("<uuid:form_id>/times/", desk.times, name="times"),
    path("<uuid:form_id>/alike/", desk.spread, name="spread"),
    path("<uuid:form_id>/counts/", desk.counts, name="counts"),
    path("<uuid:form_id>/questions/add/", questions.question_add, name="question_add"),
    path("<uuid:form_id>/<slug:name>/", desk.state, name="state"),
]
