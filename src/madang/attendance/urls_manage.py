"""Addresses below an edition of /manage/: attendance as the secretariat sees it."""

from django.urls import path

from madang.attendance.views import badges, desk, settling

app_name = "attendance"

urlpatterns = [
    path("", desk.sessions, name="sessions"),
    path("people/", desk.people, name="people"),
    path("sessions/<uuid:session_id>/", desk.session, name="session"),
    path("sessions/<uuid:session_id>/counts/", desk.counts, name="counts"),
    path("terms/", desk.terms, name="terms"),
    path("doubts/", settling.doubts, name="doubts"),
    path("doubts/<uuid:doubt_id>/", settling.doubt, name="doubt"),
    path("requests/", settling.requests, name="requests"),
    path("requests/<uuid:request_id>/", settling.answer, name="answer"),
    path("badges/", badges.badges, name="badges"),
    path("badges/print/", badges.print_all, name="badges_print"),
    path("badges/print/<uuid:print_id>/", badges.printed, name="badges_file"),
    path("badges/<uuid:participation_id>/print/", badges.print_one, name="badge_print"),
    path("badges/<uuid:participation_id>/replace/", badges.replace, name="badge_replace"),
]
