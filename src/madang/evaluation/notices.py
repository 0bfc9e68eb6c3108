"""What the To do page and My week tell somebody of evaluations."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.core import locales
from madang.evaluation.models import Form
from madang.evaluation.queries import answering
from madang.workshops.asked import Asked
from madang.workshops.models import Participation

Kind = Form.Kind


def asked(participation: Participation) -> Iterable[Asked]:
    """The day, the whole workshop, and all sessions in one line; to speakers what was said."""
    slug = participation.edition.slug
    if participation.kind != Participation.Kind.PARTICIPANT:
        for form in answering.told_to(participation):
            yield Asked(
                label=_("What participants said: %(title)s") % {"title": form.title},
                url=reverse("own_evaluation:own_results", args=[slug, form.pk]),
                is_done=True,
            )
        return
    found = answering.mine(participation)
    for each in found:
        if each.form.kind != Kind.SESSION:
            yield Asked(
                label=_("Evaluation: %(title)s") % {"title": each.form.title},
                url=reverse("own_evaluation:answer", args=[slug, each.form.pk]),
                note=_("Without your name; five minutes."),
                until=each.form.closes_at,
                is_done=each.is_done,
            )
    sessions = [each for each in found if each.form.kind == Kind.SESSION]
    if sessions:
        left = [each for each in sessions if not each.is_done]
        said = ngettext("%(number)s open", "%(number)s open", len(left))
        yield Asked(
            label=_("Evaluation of the sessions"),
            url=reverse("own_evaluation:mine", args=[slug]),
            note=said % {"number": locales.number(len(left))} if left else "",
            until=min((each.form.closes_at for each in left if each.form.closes_at), default=None),
            is_done=not left,
        )


def beside_sessions(participation: Participation) -> Mapping[UUID, SafeString]:
    """A link beside each session that can be evaluated now."""
    slug = participation.edition.slug
    return {
        each.form.session_id: format_html(
            '<a href="{}">{}</a>',
            reverse("own_evaluation:answer", args=[slug, each.form.pk]),
            _("How was it?"),
        )
        for each in answering.mine(participation)
        if each.form.session_id is not None and not each.is_done
    }
