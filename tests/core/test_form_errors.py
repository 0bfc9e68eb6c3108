"""What is wrong in a form is said in the reader's digits; codes are quoted as they are."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from madang.core.form_errors import sentences


class Few(forms.Form):
    name = forms.CharField(max_length=20)
    places = forms.IntegerField(max_value=15, required=False)
    kind = forms.ChoiceField(choices=[("a", "A")], required=False)

    def clean(self) -> None:
        raise ValidationError("It now says: N/51/2007")


def test_djangos_own_numbers_come_in_the_readers_digits_and_codes_as_they_are():
    with translation.override("fa"):
        form = Few({"name": "x" * 21, "places": "16", "kind": "R5"})
        [name], [places], [kind] = (sentences(form.errors[field]) for field in form.fields)
        assert "۲۰" in name
        assert "۲۱" in name
        assert "۱۵" in places
        assert "R5" in kind
        assert sentences(form.non_field_errors()) == ["It now says: N/51/2007"]
        page = str(form)
    assert "۲۱" in page
    assert "21" not in page.replace("x" * 21, "")
    assert "N/51/2007" in page


def test_others_read_them_as_they_were():
    form = Few({"name": "x" * 21})
    assert "21" in sentences(form.errors["name"])[0]
