"""What stands on pages of a workshop: one's group beside a session, and what is asked of one."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from madang.core import locales, texts
from madang.groups.models import Conclusion, Group, Member
from madang.groups.queries import own
from madang.workshops.asked import Asked
from madang.workshops.models import Participation

# Until when a group's conclusion is asked for, after the end of its session.
TIME_TO_WRITE = timedelta(days=1)


def lines(participation: Participation) -> dict[UUID, SafeString]:
    """“Group 4 · Room B” beside each session in groups (two queries)."""
    return {
        member.round.session_id: format_html(
            '<a href="{}">{}</a>',
            reverse("own_groups:group", args=[participation.edition.slug, member.group_id]),
            in_words(member),
        )
        for member in own.memberships(participation)
    }


def in_words(member: Member) -> str:
    """A group and where it sits."""
    said = _("Group %(number)s") % {"number": locales.number(member.group.number)}
    room = str(member.group.room.wording("name")) if member.group.room else ""
    return " · ".join(part for part in (said, room, member.group.place) if part)


def asked(participation: Participation) -> Iterator[Asked]:
    """To write what a group concluded, for its rapporteur (two queries)."""
    groups = list(
        Group.objects.filter(
            rapporteur=participation,
            round__plan__state="published",
            round__session__state="planned",
        )
        .select_related("round__session", "conclusion")
        .order_by("round__session__starts_at", "id")
    )
    texts.prefetch([group.round.session for group in groups])
    for group in groups:
        session, conclusion = group.round.session, group.conclusion
        sent_back = conclusion.state == Conclusion.State.OPEN and conclusion.note
        yield Asked(
            _("You are rapporteur of group %(number)s: write what you concluded")
            % {"number": locales.number(group.number)},
            reverse("own_groups:group", args=[participation.edition.slug, group.pk]),
            note=(_("sent back, to be mended") if sent_back else str(session.wording("title"))),
            until=session.ends_at + TIME_TO_WRITE if session.ends_at else None,
            is_done=conclusion.state != Conclusion.State.OPEN,
        )
