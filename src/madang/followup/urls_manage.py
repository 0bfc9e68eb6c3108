"""Addresses below an edition of /manage/."""

from django.urls import path

from madang.followup.views import levels, manage

app_name = "followup"

urlpatterns = [
    path("", manage.follow_up, name="follow_up"),
    path("levels/", levels.levels, name="levels"),
    path("settings/", manage.settings, name="settings"),
    path("rounds/<int:months>/ask/", manage.ask, name="ask"),
    path("results/add/", manage.result_add, name="result_add"),
    path("results/<uuid:result_id>/edit/", manage.result_edit, name="result_edit"),
    path("results/<uuid:result_id>/remove/", manage.result_remove, name="result_remove"),
    path("results/<uuid:result_id>/publish/", manage.result_publish, name="result_publish"),
    path("results/<uuid:result_id>/decline/", manage.result_decline, name="result_decline"),
]
