"""Addresses in mails: of those who took part, and of their supervisors."""

from django.urls import path

from madang.followup.views import following, supervising

app_name = "following"

urlpatterns = [
    path("<str:token>/", following.follow_up, name="follow_up"),
    path("<str:token>/code/", following.code, name="code"),
    path("<str:token>/files/<uuid:file_id>/remove/", following.evidence_remove, name="file_remove"),
    path("<str:token>/share/", following.share, name="share"),
    path("<str:token>/share/take-back/", following.share_withdraw, name="share_withdraw"),
    path("<str:token>/seen/", supervising.supervise, name="supervise"),
    path("<str:token>/seen/code/", supervising.code, name="supervise_code"),
]
