"""Addresses below an edition of /manage/."""

from django.urls import include, path

from madang.learning.views import bank, exams, results

app_name = "learning"

_test = [
    path("", exams.test, name="test"),
    path("plan/", exams.plan, name="test_plan"),
    path("questions/", exams.choose, name="test_choose"),
    path("same/", exams.same, name="test_same"),
    path("state/<slug:name>/", exams.state, name="test_state"),
]
_bank = [
    path("", bank.bank, name="bank"),
    path("bring/", bank.bring, name="bring"),
    path("bring/rejected/", bank.rejected, name="rejected"),
    path("add/<slug:kind>/", bank.item_add, name="item_add"),
    path("competencies/add/", bank.competency_add, name="competency_add"),
    path("competencies/<uuid:competency_id>/", bank.competency_edit, name="competency_edit"),
    path(
        "competencies/<uuid:competency_id>/remove/",
        bank.competency_remove,
        name="competency_remove",
    ),
    path("<uuid:item_id>/", bank.item, name="item"),
    path("<uuid:item_id>/edit/", bank.item_edit, name="item_edit"),
    path("<uuid:item_id>/languages/<slug:code>/", bank.item_language, name="item_language"),
    path("<uuid:item_id>/state/<slug:name>/", bank.item_state, name="item_state"),
]
urlpatterns = [
    path("tests/", exams.tests, name="tests"),
    path("tests/<slug:kind>/", include(_test)),
    path("bank/", include(_bank)),
    path("results/", results.results, name="results"),
]
