"""Addresses of the public and participant face of a workshop."""

from datetime import date

from django.urls import include, path, register_converter

from madang.workshops.views.public import (
    editions,
    numbers,
    people,
    programmes,
    sessions,
    sign_ups,
    versions,
    week,
)


class DayConverter:
    """A day in an address, as in `2007-10-08`."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(DayConverter, "day")

app_name = "workshops"

urlpatterns = [
    path("", include("madang.workshops.urls_feeds")),
    path("<slug:slug>/", editions.edition, name="edition"),
    path("<slug:slug>/materials/", editions.materials, name="materials"),
    path("<slug:slug>/numbers/", numbers.numbers, name="numbers"),
    path("<slug:slug>/recommendations/", editions.recommendations, name="recommendations"),
    path("<slug:slug>/programme/", programmes.programme, name="programme"),
    path("<slug:slug>/programme/<day:day>/", programmes.day, name="day"),
    path("<slug:slug>/draft/", programmes.draft, name="draft"),
    path("<slug:slug>/versions/", versions.versions, name="versions"),
    path("<slug:slug>/versions/<int:number>/", versions.version, name="version"),
    path("<slug:slug>/versions/<int:before>/<int:after>/", versions.difference, name="difference"),
    path("<slug:slug>/sessions/<uuid:session_id>/", sessions.session, name="session"),
    path("<slug:slug>/sessions/<uuid:session_id>/sign-up/", sign_ups.sign_up, name="sign_up"),
    path("<slug:slug>/sessions/<uuid:session_id>/withdraw/", sign_ups.withdraw, name="withdraw"),
    path("<slug:slug>/people/", people.people, name="people"),
    path("<slug:slug>/people/<uuid:participation_id>/", people.person, name="person"),
    path("<slug:slug>/week/", week.week, name="week"),
]
