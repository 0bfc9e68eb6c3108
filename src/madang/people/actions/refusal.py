"""When an action can't be done."""

from django.utils.functional import Promise


class RefusedError(Exception):
    """What can't be done now. The text tells the person why; `field` is what they would change."""

    def __init__(self, why: str | Promise, field: str | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.field = field
