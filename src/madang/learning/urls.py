"""Addresses below an edition's public one."""

from django.urls import path

from madang.learning.views import own, results

app_name = "own_learning"

urlpatterns = [
    path("learned/", results.learned, name="learned"),
    path("tests/<slug:kind>/", own.test, name="test"),
    path("tests/<slug:kind>/begin/", own.begin, name="begin"),
    path("tests/<slug:kind>/decline/", own.decline, name="decline"),
    path("tests/<slug:kind>/all/", own.questions, name="questions"),
    path("tests/<slug:kind>/hand-in/", own.hand_in, name="hand_in"),
    path("tests/<slug:kind>/<int:number>/", own.question, name="question"),
]
