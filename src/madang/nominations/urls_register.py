"""Addresses of the register of correspondence."""

from django.urls import path

from madang.nominations.views import register as views

_ONE = "<uuid:entry_id>/"

urlpatterns = [
    path("", views.register, name="register"),
    path("add/", views.entry_add, name="entry_add"),
    path(_ONE, views.entry, name="entry"),
    path(f"{_ONE}edit/", views.entry_edit, name="entry_edit"),
    path(f"{_ONE}remove/", views.entry_remove, name="entry_remove"),
    path(f"{_ONE}scans/<uuid:file_id>/remove/", views.scan_remove, name="scan_remove"),
    path(f"{_ONE}key-in/", views.key_in, name="key_in"),
]
