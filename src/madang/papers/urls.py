"""Addresses below an edition's public one."""

from django.urls import path

from madang.papers.views import own, public

app_name = "own_papers"

urlpatterns = [
    path("papers/", public.papers, name="papers"),
    path("presenting/<uuid:session_id>/", public.presenting, name="presenting"),
    path("our-papers/", own.ours, name="ours"),
    path("our-papers/<uuid:paper_id>/", own.paper, name="paper"),
    path("our-papers/<uuid:paper_id>/agreement/", own.agreement, name="agreement"),
]
