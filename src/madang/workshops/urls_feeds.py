"""Addresses of what programs read: calendars, feeds, data, the printed booklet."""

from django.urls import path

from madang.workshops.views import booklets, calendars, feeds

urlpatterns = [
    path("<slug:slug>/calendar/", calendars.calendar, name="calendar"),
    path("<slug:slug>/calendar/link/", calendars.renew, name="calendar_link"),
    path("<slug:slug>/calendar/stop/", calendars.stop, name="calendar_stop"),
    path("<slug:slug>/calendar.ics", feeds.calendar_feed, name="calendar_feed"),
    path(
        "<slug:slug>/sessions/<uuid:session_id>/calendar.ics",
        feeds.session_calendar,
        name="session_calendar",
    ),
    path("<slug:slug>/my/<slug:token>.ics", feeds.my_calendar, name="my_calendar"),
    path("<slug:slug>/changes.atom", feeds.changes_feed, name="changes"),
    path("<slug:slug>/programme.json", feeds.programme_data, name="programme_data"),
    path("<slug:slug>/programme/export/", feeds.programme_export, name="programme_export"),
    path("<slug:slug>/booklet/", booklets.booklet, name="booklet"),
    path("<slug:slug>/booklet/making/", booklets.making, name="booklet_making"),
    path("<slug:slug>/booklet.pdf", booklets.file, name="booklet_file"),
]
