"""Addresses of accounts, countries and organisations, below /manage/."""

from django.urls import path

from madang.people.views import accounts, countries, organisations

app_name = "people_manage"
urlpatterns = [
    path("accounts/", accounts.index, name="accounts"),
    path("accounts/add/", accounts.add, name="account_add"),
    path("accounts/<uuid:account_id>/", accounts.detail, name="account"),
    path("accounts/<uuid:account_id>/address/", accounts.address, name="account_address"),
    path("accounts/<uuid:account_id>/close/", accounts.close, name="account_close"),
    path("accounts/<uuid:account_id>/reopen/", accounts.reopen, name="account_reopen"),
    path("accounts/<uuid:account_id>/sign-out/", accounts.sign_out, name="account_sign_out"),
    path("accounts/<uuid:account_id>/roles/add/<slug:kind>/", accounts.grant, name="role_grant"),
    path(
        "accounts/<uuid:account_id>/roles/<uuid:role_id>/end/", accounts.end_role, name="role_end"
    ),
    path("countries/", countries.country_list, name="countries"),
    path("countries/<slug:alpha2>/", countries.country_detail, name="country"),
    path("countries/<slug:alpha2>/spellings/", countries.spelling_add, name="spelling_add"),
    path(
        "countries/<slug:alpha2>/spellings/<uuid:name_id>/strike/",
        countries.spelling_strike,
        name="spelling_strike",
    ),
    path("organisations/", organisations.organisation_list, name="organisations"),
    path("organisations/new/", organisations.organisation_add, name="organisation_add"),
    path(
        "organisations/<uuid:organisation_id>/",
        organisations.organisation_detail,
        name="organisation",
    ),
    path(
        "organisations/<uuid:organisation_id>/merge/",
        organisations.organisation_merge,
        name="organisation_merge",
    ),
    path(
        "organisations/<uuid:organisation_id>/merge/<uuid:remaining_id>/",
        organisations.organisation_merge_confirm,
        name="organisation_merge_confirm",
    ),
]
