"""Reference numbers: each is given once, and none is missing."""

import pytest
from django.db import transaction

from madang.documents.models import Series
from madang.documents.numbering import next_reference

pytestmark = pytest.mark.django_db


class ChangedMindError(Exception):
    """Something that undoes a transaction."""


def test_numbers_of_a_prefix_follow_each_other():
    assert [next_reference("INC/2007/INV") for _ in range(3)] == [
        "INC/2007/INV/001",
        "INC/2007/INV/002",
        "INC/2007/INV/003",
    ]


def test_each_prefix_and_each_year_has_a_run_of_its_own():
    assert next_reference("INC/VISA") == "INC/VISA/001"
    assert next_reference("INC/VISA", year=2007) == "INC/VISA/2007/001"
    assert next_reference("INC/VISA", year=2008) == "INC/VISA/2008/001"
    assert next_reference("INC/VISA", year=2007) == "INC/VISA/2007/002"


def test_a_number_that_was_rolled_back_goes_to_the_next_document():
    next_reference("INC/INV")

    @transaction.atomic
    def take_and_undo() -> None:
        assert next_reference("INC/INV") == "INC/INV/002"
        raise ChangedMindError

    with pytest.raises(ChangedMindError):
        take_and_undo()
    assert next_reference("INC/INV") == "INC/INV/002"


def test_after_999_comes_1000():
    Series.objects.create(prefix="INC/INV", last=999)
    assert next_reference("INC/INV") == "INC/INV/1000"
