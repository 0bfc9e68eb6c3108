"""Where an installation keeps its data and its keys, read from the environment."""

import os
from pathlib import Path


def data() -> Path:
    """The folder of the database and the files: $MADANG_DATA, or `data` below the current one."""
    return Path(os.environ.get("MADANG_DATA") or "data").resolve()


def keys() -> Path:
    """The folder of keys, apart from the data: $MADANG_KEYS, or `data-keys` beside `data`."""
    beside = data().with_name(data().name + "-keys")
    return Path(os.environ.get("MADANG_KEYS") or beside).resolve()
