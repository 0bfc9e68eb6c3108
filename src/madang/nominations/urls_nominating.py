"""Addresses of nominating and endorsing: by a link, or with an account."""

from django.urls import URLPattern, path

from madang.nominations.views.nominating import desk, endorsing, nominations


def _pages(root: str, prefix: str) -> list[URLPattern]:
    """The pages of one country's part in a call, below an address that says which."""
    one = f"{root}<uuid:nomination_id>/"
    return [
        path(root, desk.desk, name=f"{prefix}desk"),
        path(f"{root}add/", nominations.add, name=f"{prefix}form_add"),
        path(f"{root}order/", desk.order, name=f"{prefix}order"),
        path(one, nominations.nomination, name=f"{prefix}nomination"),
        path(f"{one}edit/", nominations.edit, name=f"{prefix}form"),
        path(f"{one}send/", nominations.submit, name=f"{prefix}submit"),
        path(f"{one}withdraw/", nominations.withdraw, name=f"{prefix}withdraw"),
        path(f"{one}reopen/", nominations.reopen, name=f"{prefix}reopen"),
        path(f"{one}delete/", nominations.remove, name=f"{prefix}remove"),
        path(f"{one}endorsement/", nominations.ask, name=f"{prefix}ask"),
    ]


urlpatterns = [
    path("nominate/<str:token>/code/", desk.code, name="code"),
    *_pages("nominate/<str:token>/", ""),
    path("nominations/", desk.own, name="own"),
    *_pages("nominations/<slug:slug>/<str:alpha2>/", "own_"),
    path("endorse/<str:token>/", endorsing.endorse, name="endorse"),
    path("endorse/<str:token>/code/", endorsing.code, name="endorse_code"),
]
