"""Addresses of one's own account, below /account/; signing in itself is django-allauth's."""

from django.urls import path

from madang.people.views import people, privacy, roles

app_name = "people"
urlpatterns = [
    path("", people.account, name="account"),
    path("profile/", people.profile, name="profile"),
    path("sign-out-everywhere/", people.sign_out_everywhere, name="sign_out_everywhere"),
    path("roles/", roles.index, name="roles"),
    path("roles/<uuid:role_id>/delegate/", roles.delegate, name="delegate"),
    path("roles/<uuid:role_id>/withdraw/", roles.withdraw, name="withdraw"),
    path("privacy/", privacy.index, name="privacy"),
    path("privacy/consents/", privacy.consents, name="consents"),
    path("privacy/copy/", privacy.copy, name="copy"),
    path("privacy/erase/", privacy.erase, name="erase"),
]
