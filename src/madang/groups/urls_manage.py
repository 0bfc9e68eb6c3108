"""Addresses below an edition of /manage/."""

from django.urls import path

from madang.groups.views import hand, plans

app_name = "groups"

urlpatterns = [
    path("", plans.plan, name="plan"),
    path("set-up/", plans.set_up, name="set_up"),
    path("levels/", plans.levels, name="levels"),
    path("mix/", plans.mix, name="mix"),
    path("choose/", plans.choose, name="choose"),
    path("repair/", plans.repair, name="repair"),
    path("remove/", plans.remove, name="remove"),
    path("do/<slug:name>/", plans.do, name="do"),
    path("cards.pdf", plans.card_sheets, name="cards"),
    path("rounds/<uuid:round_id>/wall.pdf", plans.wall, name="wall"),
    path("people/<uuid:member_id>/", hand.move, name="move"),
    path("people/<uuid:member_id>/<slug:name>/", hand.pin, name="pin"),
    path("group/<uuid:group_id>/", hand.group, name="group"),
    path("conclusions/", hand.conclusions, name="conclusions"),
    path("absences/", hand.away, name="absences"),
    path("absences/add/", hand.absence_add, name="absence_add"),
    path("absences/<uuid:absence_id>/", hand.absence_edit, name="absence_edit"),
    path("absences/<uuid:absence_id>/remove/", hand.absence_remove, name="absence_remove"),
]
