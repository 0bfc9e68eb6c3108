"""Addresses of the secretariat's pages of nominations."""

from django.urls import path

from madang.nominations.views import nominations as views

_ONE = "<uuid:nomination_id>/"

urlpatterns = [
    path("", views.nominations, name="nominations"),
    path("add/", views.nomination_add, name="nomination_add"),
    path("judge/", views.judge_all, name="nominations_judge"),
    path(_ONE, views.nomination, name="nomination"),
    path(f"{_ONE}edit/", views.nomination_edit, name="nomination_edit"),
    path(f"{_ONE}submit/", views.nomination_move, {"step": "submit"}, name="nomination_submit"),
    path(f"{_ONE}reopen/", views.nomination_move, {"step": "reopen"}, name="nomination_reopen"),
    path(f"{_ONE}accept/", views.nomination_move, {"step": "accept"}, name="nomination_accept"),
    path(f"{_ONE}refuse/", views.nomination_refuse, name="nomination_refuse"),
    path(f"{_ONE}withdraw/", views.nomination_withdraw, name="nomination_withdraw"),
    path(f"{_ONE}remove/", views.nomination_remove, name="nomination_remove"),
    path(f"{_ONE}endorsement/ask/", views.endorsement_ask, name="endorsement_ask"),
    path(f"{_ONE}endorsement/record/", views.endorsement_record, name="endorsement_record"),
]
