"""Addresses of money, protocol, buses and tables, below /manage/<slug>/logistics/."""

from django.urls import include, path

from madang.logistics.views import allowances, expenses, money

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
urlpatterns = [
    path("budget/", include(_budget)),
    path("allowances/", include(_allowances)),
]
