"""The action plan on paper: data for `plan.typ`."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from madang.core import clock, languages, locales, texts
from madang.documents.typesetting import typeset_apart
from madang.followup.actions.plans import TEXTS
from madang.followup.models import Action, ActionPlan
from madang.followup.queries import plans
from madang.workshops.programme.sentences import isolated

TEMPLATE = "followup/plan.typ"


def plan_paper(plan: ActionPlan) -> bytes:
    """The plan as it stands, in the language that is active."""
    edition = plan.participation.edition
    texts.prefetch([edition])
    language = languages.current()
    handed_in = plan.handed_in_at if plan.state == ActionPlan.State.HANDED_IN else None
    data = {
        "language": language,
        "title": _("Action plan"),
        "name": isolated(str(plan.participation.person)),
        "edition": isolated(str(edition.wording("title"))),
        "dates": locales.date_range(edition.starts_on, edition.ends_on, None, language),
        "state": (
            _("Handed in on %(day)s")
            % {"day": locales.calendar_date(handed_in, "long", edition.zone)}
            if handed_in
            else _("Not handed in yet")
        ),
        "words": {
            "by_when": _("By when"),
            "with_whom": _("With whom"),
            "sign": _("How one will see that it is done"),
            "from": _("From"),
            "done": _("Done on"),
            "site": settings.MADANG_URL.partition("://")[2],
        },
        "actions": [_action(action) for action in plans.actions(plan)],
    }
    return typeset_apart(TEMPLATE, data, moment=clock.now())


def _action(action: Action) -> dict[str, Any]:
    origin = []
    if action.module is not None:
        origin.append(isolated(str(action.module.wording("title"))))
    if action.recommendation is not None:
        origin.append(isolated(str(action.recommendation.wording("text"))))
    return {
        "number": locales.number(action.number),
        "module": action.module.number if action.module is not None else None,
        **{name: isolated(text) if (text := getattr(action, name)) else "" for name in TEXTS},
        "by_when": locales.calendar_date(action.by_when, "long") if action.by_when else "",
        "from": " · ".join(origin),
    }
