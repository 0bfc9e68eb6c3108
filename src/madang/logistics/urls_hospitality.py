"""Addresses of money, protocol, buses and tables, below /manage/<slug>/logistics/."""

from django.urls import include, path

from madang.logistics.views import allowances, buses, expenses, money, protocol, seating

_budget = [
    path("", money.budget, name="budget"),
    path("sources/add/", money.source_add, name="source_add"),
    path("sources/<uuid:source_id>/", money.source, name="source"),
    path("sources/<uuid:source_id>/edit/", money.source_edit, name="source_edit"),
    path("sources/<uuid:source_id>/remove/", money.source_remove, name="source_remove"),
    path("sources/<uuid:source_id>/statement.pdf", money.source_statement, name="statement"),
    path("expenses/", expenses.expenses, name="expenses"),
    path("expenses/add/", expenses.expense_add, name="expense_add"),
    path("expenses/<uuid:expense_id>/", expenses.expense, name="expense"),
    path("expenses/<uuid:expense_id>/edit/", expenses.expense_edit, name="expense_edit"),
    path(
        "expenses/<uuid:expense_id>/state/<slug:name>/",
        expenses.expense_state,
        name="expense_state",
    ),
    path("expenses/<uuid:expense_id>/pay/", expenses.payment_add, name="payment_add"),
    path("payments/<uuid:payment_id>/receipt/", expenses.payment_receipt, name="payment_receipt"),
    path(
        "payments/<uuid:payment_id>/take-back/",
        expenses.payment_take_back,
        name="payment_take_back",
    ),
]
_allowances = [
    path("", allowances.sheet, name="allowances"),
    path("days/", allowances.days, name="allowance_days"),
    path("budget/", allowances.into_budget, name="allowances_into_budget"),
    path("signatures.pdf", allowances.signature_sheet, name="signatures"),
    path("rates/add/", allowances.rate_add, name="rate_add"),
    path("rates/<uuid:rate_id>/edit/", allowances.rate_edit, name="rate_edit"),
    path("rates/<uuid:rate_id>/remove/", allowances.rate_remove, name="rate_remove"),
    path("<uuid:participation_id>/", allowances.allowance, name="allowance"),
]
_protocol = [
    path("", protocol.protocol, name="protocol"),
    path("plates.pdf", protocol.name_plates, name="name_plates"),
    path("speakers/", protocol.speakers, name="speakers"),
    path("order/forget/", protocol.order_forget, name="order_forget"),
    path("<uuid:participation_id>/", protocol.person, name="protocol_person"),
    path("<uuid:participation_id>/place/", protocol.place, name="protocol_place"),
    path(
        "<uuid:participation_id>/photographs/<slug:answer>/",
        protocol.photographs,
        name="photographs",
    ),
]
_buses = [
    path("", buses.buses, name="buses"),
    path("<uuid:session_id>/", buses.bus_board, name="bus_board"),
    path("<uuid:session_id>/add/", buses.bus_add, name="bus_add"),
    path("<uuid:session_id>/fill/", buses.fill, name="bus_fill"),
    path("<uuid:session_id>/release/", buses.release, name="bus_release"),
    path("<uuid:session_id>/empty/", buses.empty, name="bus_empty"),
    path("<uuid:session_id>/seats/<uuid:participation_id>/", buses.bus_seat, name="bus_seat"),
    path("bus/<uuid:bus_id>/list/", buses.bus_list, name="bus_list"),
    path("bus/<uuid:bus_id>/edit/", buses.bus_edit, name="bus_edit"),
    path("bus/<uuid:bus_id>/remove/", buses.bus_remove, name="bus_remove"),
]
_tables = [
    path("", seating.dinners, name="dinners"),
    path("table/<uuid:table_id>/edit/", seating.table_edit, name="table_edit"),
    path("table/<uuid:table_id>/remove/", seating.table_remove, name="table_remove"),
    path("<uuid:session_id>/", seating.seating, name="seating"),
    path("<uuid:session_id>/cards.pdf", seating.table_cards, name="table_cards"),
    path("<uuid:session_id>/remove/", seating.plan_remove, name="seating_remove"),
    path("<uuid:session_id>/add/", seating.table_add, name="table_add"),
    path("<uuid:session_id>/propose/", seating.propose, name="seating_propose"),
    path("<uuid:session_id>/do/<slug:name>/", seating.seating_do, name="seating_do"),
    path(
        "<uuid:session_id>/places/<uuid:participation_id>/",
        seating.table_place,
        name="table_place",
    ),
    path(
        "<uuid:session_id>/places/<uuid:participation_id>/<slug:name>/",
        seating.place_fix,
        name="place_fix",
    ),
]
urlpatterns = [
    path("budget/", include(_budget)),
    path("allowances/", include(_allowances)),
    path("protocol/", include(_protocol)),
    path("buses/", include(_buses)),
    path("tables/", include(_tables)),
]
