"""Tests of attendance begin on the eve of the week, when everybody is known."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from madang.core import clock

EVE = datetime(2007, 10, 7, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_the_eve() -> Iterator[None]:
    with clock.at(EVE):
        yield
