"""Addresses below an edition's public one: my groups, one group, what was concluded."""

from django.urls import path

from madang.groups.views import own

app_name = "own_groups"

urlpatterns = [
    path("groups/", own.groups, name="groups"),
    path("groups/conclusions/", own.conclusions, name="conclusions"),
    path("groups/<uuid:group_id>/", own.group, name="group"),
    path("groups/<uuid:group_id>/write/", own.write, name="write"),
    path("groups/<uuid:group_id>/accept/", own.judge, name="accept"),
    path("groups/<uuid:group_id>/send-back/", own.send_back, name="send_back"),
]
