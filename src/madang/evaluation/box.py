"""The box: how answers are handed in so that they can't be joined to who gave them.

**While a form is open.** Opening it makes a key of its own and, for everybody who may answer, a
*slip*: the hash of a one-time token, which is derived from the form's key and the participation.
All slips are made at once, in random order, before anybody answers. A page gives its reader their
token; handing in takes the token and the answers, and nobody's name. It uses up the slip, so no
one answers twice, and somebody whose phone died gets the same token again. The answers are sealed
under the form's key and put into the box, and **the box is shaken**: all ballots of the form are
sealed anew, under new random keys, in random order, and all its slips are written again. So neither
the order of rows nor the numbers of transactions (`rowid`, `ctid`, `xmin`) join a ballot to a slip,
ballots all have the same few sizes, and nothing has a moment.

**When it closes**, in one transaction: what may be told is counted (`suppression`) and frozen, free
texts are kept in random order, who handed in is written down in random order, and ballots, slips
and the form's key are destroyed. From then on no single answer exists.

**What this holds against.** Whoever reads the database, its files or its backups, at any number of
moments, without the master key: sees how many slips are used, never whose, and no answer. Whoever
reads the database after closing, with the master key: sees who handed in, and the frozen numbers.

**What it does not.** Who has both the master key and one copy of the database from while the form
was open can read answers and whose slips are used, but not join them; with two such copies from
just before and just after one person handed in, can. Whoever controls the running process sees
what it receives: a request carries an address and, in its cookie, a session, though no code here
asks for them. PostgreSQL keeps old rows until they are vacuumed and in its archived log; they are
sealed. Four of five who tell each other what they answered learn the fifth's answer from a mean.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from madang.core import vault
from madang.evaluation.models import Ballot, Form, Slip

# Sealed answers have a length that is a multiple of this.
PADDING = 2048
_random = secrets.SystemRandom()


def new_key(form: Form) -> bytes:
    """A key for a form, wrapped as it is stored."""
    return vault.new_wrapped_key(form.pk)


def token(form: Form, participation_id: UUID) -> str:
    """The one-time token of somebody for an open form."""
    key = vault.unwrap(bytes(form.key or b""), form.pk)
    return hmac.new(key, b"slip" + participation_id.bytes, hashlib.sha256).hexdigest()


def slip_id(token: str) -> str:
    """Under which the slip of a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def slips(form: Form, participation_ids: Iterable[UUID]) -> dict[str, UUID]:
    """Whose slips these are, by their ids: known only while the form is open."""
    return {slip_id(token(form, each)): each for each in participation_ids}


def make_slips(form: Form, participation_ids: Iterable[UUID]) -> None:
    """One slip for each, in random order."""
    made = [Slip(pk=slip, form=form) for slip in slips(form, participation_ids)]
    Slip.objects.bulk_create(shuffled(made))


def use_slip(form: Form, slip: Slip) -> None:
    """Use a slip up, writing all of the form again in random order."""
    rows = list(Slip.objects.filter(form=form))
    for row in rows:
        row.is_used = row.is_used or row.pk == slip.pk
    Slip.objects.filter(form=form).delete()
    Slip.objects.bulk_create(shuffled(rows))


def put_in(form: Form, answers: Mapping[str, str]) -> None:
    """Put answers into the box and shake it."""
    inside = [*opened(form), dict(answers)]
    Ballot.objects.filter(form=form).delete()
    key = vault.unwrap(bytes(form.key or b""), form.pk)
    Ballot.objects.bulk_create(
        Ballot(form=form, sealed=vault.seal_bytes(key, _padded(each), _place(form)))
        for each in shuffled(inside)
    )


def opened(form: Form) -> list[dict[str, str]]:
    """Everything in the box."""
    key = vault.unwrap(bytes(form.key or b""), form.pk)
    sealed = Ballot.objects.filter(form=form).values_list("sealed", flat=True)
    return [json.loads(vault.unseal_bytes(key, bytes(each), _place(form))) for each in sealed]


def shuffled(things: Sequence[Any]) -> list[Any]:
    """The same in random order."""
    return _random.sample(things, len(things))


def _place(form: Form) -> str:
    return f"evaluation {form.pk}"


def _padded(answers: Mapping[str, str]) -> bytes:
    """JSON, with spaces behind it up to the next full length."""
    plain = json.dumps(answers, ensure_ascii=False).encode()
    return plain.ljust(-(-len(plain) // PADDING) * PADDING)
