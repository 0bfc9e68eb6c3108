"""What this app tells the rest of the house at the start."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.core import append_only, audit, links
from madang.learning import asking, forgetting, repeating, rules
from madang.learning import own_data as own
from madang.learning.models import Competency, Exam, Item, Sitting
from madang.people import erasure, own_data, retention
from madang.workshops import asked, desk_pages
from madang.workshops.actions import repeat
from madang.workshops.desk_pages import DeskPage
from madang.workshops.pages import navigation

VERBS = {
    "item.added": _("added a question to the bank: %(thing)s"),
    "item.changed": _("changed %(fields)s of a question of the bank: %(thing)s"),
    "item.versioned": _("wrote version %(number)s of a question of the bank: %(thing)s"),
    "item.retired": _("retired a question of the bank: %(thing)s"),
    "item.offered": _("offers a retired question of the bank again: %(thing)s"),
    "items.imported": _("imported %(number)s questions for %(thing)s"),
    "competency.added": _("added the competency %(thing)s"),
    "competency.changed": _("changed %(fields)s of the competency %(thing)s"),
    "competency.removed": _("removed a competency"),
    "exam.added": _("planned a test: %(thing)s"),
    "exam.changed": _("changed %(fields)s of a test: %(thing)s"),
    "exam.chosen": _("chose %(number)s questions for a test: %(thing)s"),
    "exam.published": _("published a test: %(thing)s"),
    "exam.taken_back": _("took a test back: %(thing)s"),
    "exam.frozen": _("froze the results of a test: %(thing)s"),
    # Nobody is named in these: see actions.sitting.
    "sitting.begun": _("a test was begun"),
    "sitting.handed_in": _("a test was handed in"),
    "sitting.declined": _("somebody would rather not take a test"),
    "sitting.resumed": _("somebody takes a test after all"),
}

VERSIONS = append_only.Frozen(
    "learning_itemversion",
    "1 = 1",
    "What was asked is frozen: a change is a new version.",
)
RESULTS = append_only.Frozen(
    "learning_result", "1 = 1", "Results are frozen: they are worked out once."
)


def register() -> None:
    append_only.register(VERSIONS)
    append_only.register(RESULTS)
    audit.register_verbs(VERBS)
    links.register(
        Item,
        kind=_("question"),
        title=str,
        rule=rules.oversee_bank,
        queryset=lambda: Item.objects.select_related("newest"),
    )
    links.register(
        Competency,
        kind=_("competency"),
        title=lambda competency: competency.wording("name"),
        rule=rules.oversee_bank,
    )
    links.register(
        Exam,
        kind=_("test"),
        title=str,
        url=lambda exam: reverse("learning:test", args=[exam.edition.slug, exam.kind]),
        rule=rules.oversee,
        queryset=lambda: Exam.objects.select_related("edition"),
    )
    links.register(
        Sitting,
        kind=_("test that somebody sat"),
        title=lambda sitting: str(sitting.exam),
        rule=rules.own_sitting,
        queryset=lambda: Sitting.objects.select_related("exam", "participation"),
    )
    desk_pages.register(
        "outcome",
        DeskPage("learning:tests", _("Tests")),
        DeskPage("learning:results", _("What was learned")),
        DeskPage("learning:bank", _("Questions")),
    )
    asked.register(asking.tests)
    navigation.register_below("to_do", "tests")
    repeat.register(repeating.TESTS)
    retention.register_removal(forgetting.remove_answers)
    erasure.register(forgetting.forget)
    own_data.register("tests", _("tests"), own.tests)
