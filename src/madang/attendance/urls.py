"""Addresses below an edition's public one: at the door, and one's own attendance."""

from django.urls import path

from madang.attendance.views import door, own

app_name = "own_attendance"

urlpatterns = [
    path("door/", door.door, name="door"),
    path("door/scans/", door.scans, name="scans"),
    path("door/<uuid:session_id>/", door.hand, name="hand"),
    path("door/<uuid:session_id>/everybody/", door.everybody, name="everybody"),
    path("door/<uuid:session_id>/screen/", door.screen, name="screen"),
    path("door/<uuid:session_id>/people/<uuid:participation_id>/", door.part, name="part"),
    path("door/<uuid:session_id>/people/<uuid:participation_id>/mark/", door.mark, name="mark"),
    path("check-in/", own.check_in, name="check_in"),
    path("my-attendance/", own.my_attendance, name="my_attendance"),
    path("my-attendance/<uuid:session_id>/", own.ask, name="ask"),
]
