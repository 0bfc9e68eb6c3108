"""What this app tells the rest of the house at the start."""


def register() -> None:
    """Filled by what follows."""
