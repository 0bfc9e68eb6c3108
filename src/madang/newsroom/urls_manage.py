"""The newsroom's desk, below /manage/news/."""

from django.urls import path

from madang.newsroom.views import manage

app_name = "newsroom_manage"
urlpatterns = [
    path("news/", manage.index, name="index"),
    path("news/add/", manage.add, name="add"),
    path("news/<uuid:release_id>/", manage.release, name="release"),
    path("news/<uuid:release_id>/edit/", manage.edit, name="edit"),
    path("news/<uuid:release_id>/text/<slug:language>/", manage.translate, name="translate"),
    path("news/<uuid:release_id>/attach/", manage.attach, name="attach"),
    path("news/<uuid:release_id>/detach/<uuid:file_id>/", manage.detach, name="detach"),
    path("news/<uuid:release_id>/put-up/", manage.put_up, name="put_up"),
    path("news/<uuid:release_id>/publish/", manage.publish, name="publish"),
    path("news/<uuid:release_id>/withdraw/", manage.withdraw, name="withdraw"),
]
