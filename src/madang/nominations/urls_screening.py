"""Addresses of the screening."""

from django.urls import path

from madang.nominations.views import screening

urlpatterns = [
    path("", screening.screening, name="screening"),
    path("criteria/add/", screening.criterion_add, name="criterion_add"),
    path("criteria/<uuid:criterion_id>/", screening.criterion_edit, name="criterion_edit"),
    path(
        "criteria/<uuid:criterion_id>/remove/",
        screening.criterion_remove,
        name="criterion_remove",
    ),
    path("share-out/", screening.screening_ask, name="screening_ask"),
    path("third-opinion/", screening.third_opinion, name="third_opinion"),
    path("merit/", screening.compute_merit, name="compute_merit"),
    path("agreement/", screening.agreement, name="agreement"),
    path("mine/", screening.my_screening, name="my_screening"),
    path("mine/<uuid:screening_id>/", screening.score, name="score"),
    path("mine/<uuid:screening_id>/stand-back/", screening.recuse, name="recuse"),
    path("of/<uuid:nomination_id>/", screening.scores, name="scores"),
]
