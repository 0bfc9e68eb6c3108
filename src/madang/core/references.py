"""Short references by which a person can tell which failure they met, and we find it in the log."""

import secrets

# Letters and digits that are not mistaken for each other when read out.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """Eight characters in two groups, such as `7KQX-M2PD`."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
