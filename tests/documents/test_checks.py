"""What `madang check` says of fonts."""

import pytest

from madang.documents import checks
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def test_a_computer_with_the_fonts_of_the_interface_is_fine():
    make_person("Mere Vakalala")
    make_person("سارا رضایی")
    assert list(checks.without_font()) == []


def test_a_name_that_no_font_can_write_is_told_by_its_script():
    # Kirat Rai, encoded in 2024.
    make_person("\U00016d40")
    (found,) = checks.without_font()
    assert str(found).startswith("No font here can write Unknown: names are printed in Latin")
