"""Publishing, below /manage/<edition>/publish/."""

from django.urls import path

from madang.workshops.views.manage import publish

urlpatterns = [
    path("", publish.publish, name="publish"),
    path("<int:number>/reset/", publish.reset, name="reset_draft"),
    path("<int:number>/told/", publish.told, name="told"),
]
