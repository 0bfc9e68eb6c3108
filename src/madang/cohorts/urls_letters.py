"""Addresses of letters and passport data, below /manage/<edition>/cohort/letters/."""

from django.urls import include, path

from madang.cohorts.views import letter, letterheads, letters, passports

_wording = [
    path("", letterheads.wording, name="wording"),
    path("begin/", letterheads.wording_begin, name="wording_begin"),
    path("languages/", letterheads.wording_translation, name="wording_translation"),
    path("preview/", letterheads.wording_preview, name="wording_preview"),
]
_letter = [
    path("", letter.letter, name="letter"),
    path("change/", letter.remark, name="letter_change"),
    path("take-out/", letter.take_out, name="letter_take_out"),
    path("preview/", letter.preview, name="letter_preview"),
    path("file/", letter.file, name="letter_file"),
    path("revoke/", letter.revoke, name="letter_revoke"),
    path("again/", letter.again, name="letter_again"),
    path("posted/", letter.posted, name="letter_posted"),
]
_batch = [
    path("", letters.batch, name="batch"),
    path("approval/", letters.put_up, name="batch_put_up"),
    path("issue/", letters.issue, name="batch_issue"),
    path("send/", letters.send, name="batch_send"),
    path("cancel/", letters.cancel, name="batch_cancel"),
    path("letters.zip", letters.archive, name="batch_archive"),
    path("letters.pdf", letters.to_print, name="batch_print"),
    path("<uuid:letter_id>/", include(_letter)),
]
urlpatterns = [
    path("", letters.letters, name="letters"),
    path("letterhead/", letterheads.letterhead, name="letterhead"),
    path(
        "letterhead/languages/", letterheads.letterhead_translation, name="letterhead_translation"
    ),
    path("wordings/<slug:kind>/", include(_wording)),
    path("new/<slug:kind>/", letters.begin, name="batch_begin"),
    path("passports/", passports.passports, name="passports"),
    path("passports/<uuid:person_id>/", passports.passport, name="passport"),
    path("passports/<uuid:person_id>/remove/", passports.passport_remove, name="passport_remove"),
    path("<uuid:batch_id>/", include(_batch)),
]
