"""Addresses where anybody verifies a document, below /verify/."""

from django.urls import path

from madang.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.verify, name="verify"),
    path("<str:code>/", views.verified, name="verified"),
]
