"""Addresses below an edition's public one."""

from django.urls import path

from madang.followup.views import following, plans, results

app_name = "own_followup"

urlpatterns = [
    path("action-plan/", plans.plan, name="plan"),
    path("action-plan/take-back/", plans.take_back, name="plan_take_back"),
    path("action-plan/paper/", plans.paper, name="plan_paper"),
    path("action-plan/versions/<int:number>/", plans.version, name="plan_version"),
    path("follow-up/", following.follow_up, name="follow_up"),
    path("follow-up/files/<uuid:file_id>/remove/", following.evidence_remove, name="file_remove"),
    path("follow-up/share/", following.share, name="share"),
    path("follow-up/share/take-back/", following.share_withdraw, name="share_withdraw"),
    path("results/", results.published, name="results"),
    path("results/tell/", results.tell, name="result_tell"),
]
