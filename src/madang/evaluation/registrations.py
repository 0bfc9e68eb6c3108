"""What this app tells the rest of the house at the start: audit verbs, pages, own data."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.core import append_only, audit, links
from madang.evaluation import notices, own_data, repeating, rules
from madang.evaluation.models import Comment, Form, Question
from madang.people import own_data as own
from madang.workshops import asked, desk_pages, own_lines
from madang.workshops.actions import repeat
from madang.workshops.desk_pages import DeskPage
from madang.workshops.pages import navigation

# None says that somebody handed in: the trail has moments and names.
VERBS = {
    "evaluation_forms.made": _("made %(number)s evaluation forms from the programme of %(thing)s"),
    "evaluation_forms.alike": _("let %(number)s evaluation forms ask what %(thing)s asks"),
    "evaluation_form.changed": _("changed %(fields)s of the evaluation of %(thing)s"),
    "evaluation_form.opened": _("opened the evaluation of %(thing)s"),
    "evaluation_form.closed": _("closed the evaluation of %(thing)s"),
    "evaluation_form.counted": _("entered what was counted elsewhere: evaluation of %(thing)s"),
    "evaluation_question.added": _("added a question to an evaluation"),
    "evaluation_question.changed": _("changed %(fields)s of a question of an evaluation"),
    "evaluation_question.removed": _("removed a question of an evaluation"),
    "evaluation_comment.published": _("published a comment of an evaluation"),
    "evaluation_comment.withheld": _("withheld a comment of an evaluation"),
}

OUTCOMES = append_only.Frozen(
    "evaluation_outcome",
    "1 = 1",
    "What came of an evaluation is frozen: the answers are gone.",
)


def register() -> None:
    append_only.register(OUTCOMES)
    audit.register_verbs(VERBS)
    links.register(
        Form,
        kind=Form._meta.verbose_name,
        title=lambda form: str(form.title),
        url=lambda form: reverse("evaluation:form", args=[form.edition.slug, form.pk]),
        rule=rules.oversee,
        queryset=lambda: Form.objects.select_related("edition", "session"),
    )
    for model, rule in ((Question, rules.oversee_question), (Comment, rules.see_comment)):
        links.register(
            model,
            kind=model._meta.verbose_name,
            title=lambda thing: str(thing.form.title),
            url=lambda thing: reverse(
                "evaluation:form", args=[thing.form.edition.slug, thing.form_id]
            ),
            rule=rule,
            queryset=lambda model=model: model.objects.select_related(
                "form__edition", "form__session"
            ),
        )
    desk_pages.register(
        "outcome",
        DeskPage("evaluation:forms", _("Evaluation")),
        DeskPage("evaluation:results", _("Results")),
        DeskPage("evaluation:comments", _("Comments"), rules.read_comments),
    )
    navigation.register_below("to_do", "evaluation")
    asked.register(notices.asked)
    own_lines.register(notices.beside_sessions)
    repeat.register(*repeating.PARTS)
    own.register("evaluations", _("evaluations"), own_data.handed_in)
