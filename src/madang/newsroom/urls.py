"""Public addresses of the newsroom, below /news/."""

from django.urls import path

from madang.newsroom.views import public

app_name = "newsroom"
urlpatterns = [
    path("", public.index, name="index"),
    path("feed.atom", public.feed, name="feed"),
    path("<uuid:release_id>/", public.release, name="release"),
]
