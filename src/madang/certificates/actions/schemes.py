"""What an edition certifies: head and signatures, and the rule of each kind."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from madang.certificates import wordings
from madang.certificates.models import CertificateRule, Kind, Scheme
from madang.certificates.papers import SIGNATURE
from madang.cohorts.actions import letterheads
from madang.cohorts.models import Letterhead
from madang.core import audit, files, texts
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import records
from madang.workshops.models import Edition

# What a certificate of completion takes, unless the edition says otherwise.
_COMPLETED = {"needs_post_test": True, "needs_evaluation": True}


def scheme_of(edition: Edition) -> Scheme | None:
    """Head and signatures of an edition's certificates, if they are set."""
    return Scheme.objects.filter(edition=edition).first()


@transaction.atomic
def begin(edition: Edition, *, actor: audit.Actor) -> Scheme:
    """Begin with our own rules and words, and with the letterhead of the edition.

    Raises `RefusedError` where the edition has rules already.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    if scheme_of(edition) is not None:
        raise RefusedError(_("There are rules already: change them."))
    scheme = _begin_scheme(edition, actor)
    for kind in Kind:
        _begin_rule(edition, kind, actor)
    return scheme


def _begin_scheme(edition: Edition, actor: audit.Actor) -> Scheme:
    head = Letterhead.objects.filter(edition=edition).first()
    made = Scheme(
        edition=edition,
        language=head.language if head else "en",
        issuer=head.sender if head else str(edition.series.wording("title", "en"))[:200],
        signatory=head.signatory if head else "",
        signatory_position=head.signatory_position if head else "",
        prefix=f"{head.prefix if head else edition.slug.upper()}/CERT"[:30],
    )
    records.add(made, "certificate_scheme.changed", actor=actor)
    if head is not None:
        for field, source in (
            ("issuer", "sender"),
            ("signatory", "signatory"),
            ("signatory_position", "signatory_position"),
        ):
            texts.translate(made, field, head.translations_of(source))
    return made


def _begin_rule(edition: Edition, kind: Kind, actor: audit.Actor) -> None:
    source, *others = wordings.OURS
    rule = CertificateRule(
        edition=edition,
        kind=kind,
        language=source,
        **wordings.ours(kind, source),
        **(_COMPLETED if kind == Kind.COMPLETED else {}),
    )
    records.add(rule, "certificate_rule.added", actor=actor, certificate=kind.value)
    for field in CertificateRule.TRANSLATED:
        texts.translate(rule, field, {code: wordings.ours(kind, code)[field] for code in others})


@transaction.atomic
def set_scheme(
    scheme: Scheme,
    values: Mapping[str, Any],
    *,
    upload: Any = None,
    without_signature: bool = False,
    expected_version: int,
    actor: audit.Actor,
) -> None:
    """Say who issues and signs. `upload` is the picture of the signature, in place of one before.

    Raises `RefusedError` for a picture that can't be printed.
    """
    records.change(
        scheme, values, "certificate_scheme.changed",
        expected_version=expected_version, actor=actor,
    )  # fmt: skip
    if upload is not None or without_signature:
        for file in files.of(scheme):
            letterheads.remove_picture(file, actor)
    if upload is not None:
        letterheads.add_picture(scheme, SIGNATURE, upload, actor)


@transaction.atomic
def set_rule(
    rule: CertificateRule, values: Mapping[str, Any], *, expected_version: int, actor: audit.Actor
) -> None:
    """Say what a kind takes, and its words. Raises `RefusedError` for an unknown placeholder."""
    wordings.check(values["body"])
    records.change(
        rule, values, "certificate_rule.changed", expected_version=expected_version, actor=actor
    )
