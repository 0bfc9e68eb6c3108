"""Giving the texts of an object in one more language."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from madang.core import audit, texts
from madang.core.models import Record, StaleRecordError
from madang.workshops.actions import stamps
from madang.workshops.models import Edition


def fingerprint(thing: texts.Translated, language: str) -> str:
    """What identifies the stored translations of an object into one language."""
    stored = [thing.translations_of(field).get(language, "") for field in thing.TRANSLATED]
    return texts.source_hash("\x1f".join(stored))


@transaction.atomic
def translate(
    thing: Record,
    language: str,
    wordings: Mapping[str, str],
    verb: str,
    *,
    expected: str,
    actor: audit.Actor | None,
    scope: UUID | None = None,
    shown_in: Edition | None = None,
) -> None:
    """Set the texts of `thing` in `language`, by field; an empty text takes it away.

    `shown_in` is the edition whose published pages show them beside the frozen programme.

    `expected` is the `fingerprint` that the person saw; `StaleRecordError` where it is another
    now. Texts that stayed are not written again: they keep the hash of what they were made from.
    """
    type(thing)._base_manager.select_for_update().get(pk=thing.pk)
    thing.forget_translations()
    if fingerprint(thing, language) != expected:
        raise StaleRecordError(f"The translations of {thing.pk} were saved by somebody else.")
    changed = []
    for field, text in wordings.items():
        if thing.translations_of(field).get(language, "") != text:
            texts.translate(thing, field, {language: text})
            changed.append(field)
    if changed:
        audit.record(actor, verb, thing, scope=scope, fields=changed, language=language)
        if shown_in is not None:
            stamps.touch(shown_in)
