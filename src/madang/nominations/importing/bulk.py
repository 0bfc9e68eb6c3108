"""Work on very many objects at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_to_collect() -> Iterator[None]:
    """Make ten thousand lines and nominations without the collector looking through them.

    None of them is garbage before the end, and to find that out again and again takes a quarter of
    the time. What is no longer referred to is freed as always.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
