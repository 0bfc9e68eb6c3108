"""Addresses below an edition of /manage/."""

from django.urls import path

from madang.papers.views import board, places, request, review

app_name = "papers"

_ONE = "<uuid:paper_id>/"
_KIND = "request/kinds/<uuid:kind_id>/"

urlpatterns = [
    path("", board.board, name="board"),
    path("remind/", board.remind, name="remind"),
    path("request/", request.request_page, name="request"),
    path("request/begin/", request.begin, name="request_begin"),
    path("request/edit/", request.request_edit, name="request_edit"),
    path("request/open/", request.request_open, name="request_open"),
    path("request/close/", request.request_close, name="request_close"),
    path("request/kinds/add/", request.kind_add, name="kind_add"),
    path(f"{_KIND}edit/", request.kind_edit, name="kind_edit"),
    path(f"{_KIND}texts/", request.kind_texts, name="kind_texts"),
    path(f"{_KIND}remove/", request.kind_remove, name="kind_remove"),
    path(f"{_KIND}template/", request.template_put, name="template_put"),
    path(
        "request/templates/<uuid:template_id>/remove/",
        request.template_remove,
        name="template_remove",
    ),
    path("places/", places.places, name="places"),
    path("places/give/", places.give, name="place_give"),
    path("places/<uuid:presentation_id>/edit/", places.edit, name="place_edit"),
    path("places/<uuid:presentation_id>/remove/", places.remove, name="place_remove"),
    path(_ONE, review.paper, name="paper"),
    path(f"{_ONE}enter/", review.enter, name="paper_enter"),
    path(f"{_ONE}accept/", review.accept, name="paper_accept"),
    path(f"{_ONE}send-back/", review.send_back, name="paper_send_back"),
    path(f"{_ONE}extend/", review.extend, name="paper_extend"),
    path(f"{_ONE}excuse/", review.excuse, name="paper_excuse"),
    path(f"{_ONE}ask-again/", review.ask_again, name="paper_ask_again"),
]
