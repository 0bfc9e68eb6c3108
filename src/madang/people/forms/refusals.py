"""A refused action, said in the form that asked for it."""

from django import forms

from madang.people.actions.refusal import RefusedError


def show_refusal(form: forms.Form, refusal: RefusedError) -> None:
    """Put the reason beside the field that it is about, or at the top of the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.why))
