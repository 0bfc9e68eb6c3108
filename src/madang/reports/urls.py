"""Addresses below an edition's public one."""

from django.urls import path

from madang.reports.views import public

app_name = "own_reports"

urlpatterns = [
    path("reports/", public.index, name="index"),
    path("reports/<uuid:report_id>/", public.report, name="report"),
    path("reports/<uuid:report_id>/<slug:language>.<slug:form>", public.file, name="file"),
]
