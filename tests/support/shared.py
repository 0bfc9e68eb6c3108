"""The data sets that the project's tests read but does not carry: found beside the checkout."""

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def shared_data() -> Path | None:
    """The folder `data` of $MADANG_SHARED, or of `shared` beside the checkout; None if missing."""
    shared = os.environ.get("MADANG_SHARED")
    folder = (Path(shared) if shared else CHECKOUT.parent / "shared") / "data"
    return folder if folder.is_dir() else None
