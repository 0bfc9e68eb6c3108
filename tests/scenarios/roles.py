"""Who asks for an address, and what a row of the walk's table says of it."""

from dataclasses import dataclass

KINDS = ("participant", "resource person", "host", "director", "secretariat")
ROLES = (
    "visitor", "stranger", "focal point", "coordinator", "director", "secretariat",
    *(f"{kind} here" for kind in KINDS), *(f"{kind} elsewhere" for kind in KINDS),
)  # fmt: skip

Names = frozenset[str]
EVERYONE = frozenset(ROLES)
SIGNED_IN = EVERYONE - {"visitor"}
NOBODY: Names = frozenset()
PLAN = frozenset({"secretariat", "secretariat here"})
OVERSEE = PLAN | {"director", "director here"}
PLAN_ANY = PLAN | {"secretariat elsewhere"}
OVERSEE_ANY = OVERSEE | {"secretariat elsewhere", "director elsewhere"}
EVERYWHERE = frozenset({"secretariat"})
BELONG = OVERSEE | {"participant here", "resource person here"}


@dataclass(frozen=True)
class Row:
    """Who gets an address, of the published edition and of the draft.

    `sign_in`: a visitor is led to the sign-in page. `post`: it only takes what is sent to it.
    `code`: whoever has its secret address is led to the page that mails them a code.
    """

    who: Names
    draft: Names
    sign_in: bool = False
    post: bool = False
    code: bool = False


def rows(who: Names, names: str, *, draft: Names | None = None, **how: bool) -> dict[str, Row]:
    return {name: Row(who, who if draft is None else draft, **how) for name in names.split()}
