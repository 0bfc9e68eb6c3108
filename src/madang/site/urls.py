"""The addresses of Madang. Each app has its own; here they are put together."""

from django.urls import include, path

from madang.site.views import home, language, offline, style
from madang.workshops import api

urlpatterns = [
    path("", home.home, name="home"),
    path("language/<slug:code>/", language.choose, name="language"),
    path("style/", style.style_page, name="style"),
    path("sw.js", offline.worker, name="worker"),
    path("offline/", offline.offline, name="offline"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("account/", include("madang.people.urls")),
    path("account/", include("allauth.urls")),
    path("manage/", include("madang.people.urls_manage")),
    path("manage/", include("madang.newsroom.urls_manage")),
    path("manage/<slug:slug>/cohort/", include("madang.nominations.urls_manage")),
    path("manage/<slug:slug>/cohort/", include("madang.cohorts.urls_manage")),
    path("manage/<slug:slug>/logistics/", include("madang.logistics.urls_manage")),
    path("manage/", include("madang.workshops.urls_manage")),
    path("workshops/", include("madang.workshops.urls")),
    path("workshops/<slug:slug>/", include("madang.logistics.urls")),
    path("", include("madang.nominations.urls")),
    path("", include("madang.cohorts.urls")),
    path("verify/", include("madang.documents.urls")),
    path("news/", include("madang.newsroom.urls")),
    path("api/", api.index, name="api"),
    path("api/", api.api.urls),
    path("demo/", include("madang.site.demo.urls")),
    path("", include("madang.core.urls")),
]

handler400 = "madang.site.views.errors.bad_request"
handler403 = "madang.site.views.errors.permission_denied"
handler404 = "madang.site.views.errors.not_found"
handler500 = "madang.site.views.errors.server_error"
