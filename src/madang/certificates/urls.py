"""Addresses below an edition's public one: one's own certificates."""

from django.urls import path

from madang.certificates.views import own

app_name = "own_certificates"

urlpatterns = [
    path("certificate/", own.certificate, name="certificate"),
    path("certificate/name/", own.spelling, name="spelling"),
    path("certificate/<uuid:certificate_id>/show/", own.show_name, name="show_name"),
    path("certificate/<uuid:certificate_id>/credential.json", own.credential, name="credential"),
    path("certificate/<uuid:certificate_id>/badge.svg", own.badge, name="badge"),
]
