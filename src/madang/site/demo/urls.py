"""Addresses of the demo, below /demo/."""

from django.urls import path

from madang.site.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.about, name="about"),
    path("clock/", views.move_clock, name="clock"),
    path("sign-in/<slug:seat>/", views.sign_in, name="sign_in"),
]
