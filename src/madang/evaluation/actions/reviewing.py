"""Free texts are read by an officer before anybody else sees them."""

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, overwriting
from madang.evaluation.models import Comment
from madang.people.actions.refusal import RefusedError


@transaction.atomic
def publish(comment: Comment, text: str, *, version: int, actor: audit.Actor) -> None:
    """Publish what was written, as an officer left it: what they took out is overwritten."""
    text = text.strip()
    if not text:
        raise RefusedError(_("Nothing is left of it: withhold it instead."), "text")
    stored = Comment.objects.select_for_update().get(pk=comment.pk)
    if stored.version != version:
        raise RefusedError(_("Somebody else has read it meanwhile: look at it again."))
    scope = comment.form.edition_id
    stored.publish(actor=actor, scope=scope, fields={"text": text})
    overwriting.after_commit()


@transaction.atomic
def withhold(comment: Comment, *, actor: audit.Actor) -> None:
    """Withhold what was written: the text is overwritten, that there was one stays."""
    comment.withhold(actor=actor, scope=comment.form.edition_id, fields={"text": ""})
    overwriting.after_commit()
