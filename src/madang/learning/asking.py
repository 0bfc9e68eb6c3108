"""What tests add to the list of what an edition asks of somebody."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.core import clock, locales
from madang.learning.models import Exam, Sitting
from madang.workshops.asked import Asked
from madang.workshops.models import Participation

LABELS = {
    Exam.Kind.PRE: lambda: _("Test before the week"),
    Exam.Kind.POST: lambda: _("Test after the week"),
}


def tests(participation: Participation) -> Iterator[Asked]:
    """Tests that can be taken now, and those that somebody took (two queries)."""
    if participation.kind != Participation.Kind.PARTICIPANT:
        return
    exams = list(
        Exam.objects.filter(edition=participation.edition_id, opens_at__lte=clock.now())
        .exclude(state=Exam.State.DRAFT)
        .select_related("edition")
        .order_by("opens_at")
    )
    if not exams:
        return
    states = dict(
        Sitting.objects.filter(exam__in=exams, participation=participation).values_list(
            "exam_id", "state"
        )
    )
    for exam in exams:
        state = states.get(exam.pk, "")
        if exam.is_open or state == Sitting.State.HANDED_IN:
            yield _asked(exam, state, participation.edition.slug)


def _asked(exam: Exam, state: str, slug: str) -> Asked:
    url = reverse("own_learning:test", args=[slug, exam.kind])
    label = LABELS[Exam.Kind(exam.kind)]()
    if state == Sitting.State.HANDED_IN:
        note = _("your result, for you alone") if exam.is_over else _("handed in")
        return Asked(label, url, note, is_done=True)
    if state == Sitting.State.DECLINED:
        return Asked(label, url, _("you would rather not: that is fine"), is_done=True)
    about = ngettext(
        "%(number)s minute, if you like", "%(number)s minutes, if you like", exam.minutes
    )
    note = _("begun") if state else about % {"number": locales.number(exam.minutes)}
    return Asked(label, url, note, until=exam.closes_at)
