"""Addresses below /manage/: the secretariat's pages."""

from django.urls import include, path

from madang.workshops.views.manage import (
    desk,
    editions,
    history,
    materials,
    people,
    places,
    recommendations,
    sessions,
    settings,
    sign_ups,
    translations,
)

app_name = "manage"

_people = [
    path("", people.people, name="people"),
    path("find/", people.person_find, name="person_find"),
    path("add/", people.person_add, name="person_add"),
    path("<uuid:participation_id>/", people.person, name="person"),
    path("<uuid:participation_id>/edit/", people.person_edit, name="person_edit"),
    path("<uuid:participation_id>/cancel/", people.person_cancel, name="person_cancel"),
    path("<uuid:participation_id>/restore/", people.person_restore, name="person_restore"),
]
_sessions = [
    path("", sessions.sessions, name="sessions"),
    path("add/", sessions.session_add, name="session_add"),
    path("<uuid:session_id>/", sessions.session, name="session"),
    path("<uuid:session_id>/edit/", sessions.session_edit, name="session_edit"),
    path("<uuid:session_id>/remove/", sessions.session_remove, name="session_remove"),
    path("<uuid:session_id>/state/<slug:name>/", sessions.session_state, name="session_state"),
    path("<uuid:session_id>/sign-ups/", sign_ups.sign_ups, name="sign_ups"),
    path(
        "<uuid:session_id>/sign-ups/<uuid:sign_up_id>/give/",
        sign_ups.sign_up_give,
        name="sign_up_give",
    ),
    path(
        "<uuid:session_id>/sign-ups/<uuid:sign_up_id>/withdraw/",
        sign_ups.sign_up_withdraw,
        name="sign_up_withdraw",
    ),
]
_materials = [
    path("", materials.materials, name="materials"),
    path("add/", materials.material_add, name="material_add"),
    path("<uuid:material_id>/", materials.material, name="material"),
    path("<uuid:material_id>/edit/", materials.material_edit, name="material_edit"),
    path("<uuid:material_id>/version/", materials.material_version, name="material_version"),
    path("<uuid:material_id>/withdraw/", materials.material_withdraw, name="material_withdraw"),
]
_places = [
    path("", places.places, name="places"),
    path("add/", places.site_add, name="site_add"),
    path("travel/", places.travel, name="travel"),
    path("<uuid:site_id>/edit/", places.site_edit, name="site_edit"),
    path("<uuid:site_id>/remove/", places.site_remove, name="site_remove"),
    path("<uuid:site_id>/rooms/add/", places.room_add, name="room_add"),
    path("rooms/<uuid:room_id>/edit/", places.room_edit, name="room_edit"),
    path("rooms/<uuid:room_id>/remove/", places.room_remove, name="room_remove"),
]
_recommendations = [
    path("", recommendations.recommendations, name="recommendations"),
    path("add/", recommendations.recommendation_add, name="recommendation_add"),
    path("carry-over/", recommendations.carry_over, name="carry_over"),
    path(
        "<uuid:recommendation_id>/edit/",
        recommendations.recommendation_edit,
        name="recommendation_edit",
    ),
    path(
        "<uuid:recommendation_id>/remove/",
        recommendations.recommendation_remove,
        name="recommendation_remove",
    ),
    path("answers/<uuid:answer_id>/", recommendations.answer_edit, name="answer_edit"),
]
_settings = [
    path("", settings.settings, name="settings"),
    path("details/", editions.edition_edit, name="edition_edit"),
    path("repeat/", editions.edition_repeat, name="edition_repeat"),
    path("modules/add/", settings.module_add, name="module_add"),
    path("modules/<uuid:module_id>/edit/", settings.module_edit, name="module_edit"),
    path("modules/<uuid:module_id>/remove/", settings.module_remove, name="module_remove"),
    path("partners/add/", settings.partner_add, name="partner_add"),
    path("partners/<uuid:partner_id>/edit/", settings.partner_edit, name="partner_edit"),
    path("partners/<uuid:partner_id>/remove/", settings.partner_remove, name="partner_remove"),
    path("texts/<slug:kind>/<uuid:thing_id>/", translations.translation, name="translation"),
]
_edition = [
    path("", editions.edition_overview, name="edition"),
    path("state/<slug:name>/", editions.edition_state, name="edition_state"),
    path("programme/", include(_sessions)),
    path("timetable/", include("madang.workshops.urls_timetable")),
    path("publish/", include("madang.workshops.urls_publish")),
    path("people/", include(_people)),
    path("materials/", include(_materials)),
    path("places/", include(_places)),
    path("recommendations/", include(_recommendations)),
    path("settings/", include(_settings)),
    path("history/", history.history, name="history"),
]
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("series/", desk.series_list, name="series_list"),
    path("series/add/", desk.series_add, name="series_add"),
    path("series/<slug:series_slug>/edit/", desk.series_edit, name="series_edit"),
    path(
        "series/<slug:series_slug>/texts/",
        translations.series_translation,
        name="series_translation",
    ),
    path("editions/add/", editions.edition_add, name="edition_add"),
    path("<slug:slug>/", include(_edition)),
]
