"""Addresses of the secretariat, below /manage/<edition>/certificates/."""

from django.urls import include, path

from madang.certificates.views import certificate, lists, people, schemes

app_name = "certificates"

_person = [
    path("", people.person, name="person"),
    path("name/", people.spelling, name="spelling"),
    path("exception/<slug:kind>/", people.grant, name="grant"),
    path("exception/<slug:kind>/take-back/", people.take_back, name="take_back"),
]
_batch = [
    path("", lists.batch, name="batch"),
    path("approval/", lists.put_up, name="batch_put_up"),
    path("issue/", lists.issue, name="batch_issue"),
    path("cancel/", lists.cancel, name="batch_cancel"),
    path("certificates.pdf", lists.to_print, name="batch_print"),
]
_certificate = [
    path("", certificate.certificate, name="certificate"),
    path("take-out/", certificate.take_out, name="take_out"),
    path("revoke/", certificate.revoke, name="revoke"),
    path("again/", certificate.again, name="again"),
]
urlpatterns = [
    path("", lists.certificates, name="certificates"),
    path("begin/", schemes.begin, name="begin"),
    path("head/", schemes.scheme, name="scheme"),
    path("head/languages/", schemes.scheme_translation, name="scheme_translation"),
    path("rules/<slug:kind>/", schemes.rule, name="rule"),
    path("rules/<slug:kind>/languages/", schemes.rule_translation, name="rule_translation"),
    path("rules/<slug:kind>/preview/", schemes.preview, name="preview"),
    path("people/<uuid:participation_id>/", include(_person)),
    path("lists/new/", lists.new, name="new"),
    path("lists/<uuid:batch_id>/", include(_batch)),
    path("<uuid:certificate_id>/", include(_certificate)),
]
