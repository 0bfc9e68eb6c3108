"""The timetable editor, below /manage/<edition>/timetable/."""

from django.urls import path

from madang.workshops.views.manage import suggestions, timetable

urlpatterns = [
    path("", timetable.timetable, name="timetable"),
    path("suggest/", suggestions.ask, name="suggest"),
    path("suggestions/<uuid:suggestion_id>/", suggestions.suggestion, name="suggestion"),
    path("suggestions/<uuid:suggestion_id>/use/", suggestions.use, name="use_suggestion"),
    path("suggestions/<uuid:suggestion_id>/undo/", suggestions.undo, name="undo_suggestion"),
    path("<uuid:session_id>/", timetable.place, name="place"),
]
