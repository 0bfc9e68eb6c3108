"""A lottery in the room: frozen and hashed first, drawn by dice thereafter, once."""

import inspect
import textwrap
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from madang.cohorts import scenarios
from madang.cohorts.models import Decision, Drawing, Scenario
from madang.core import audit, clock
from madang.methods import selection
from madang.methods.selection import drawing as method
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Edition

# Sixty million outcomes: more than anybody tries in the time between freezing and rolling.
FEWEST_ROLLS = 10


@transaction.atomic
def freeze(scenario: Scenario, *, actor: audit.Actor) -> Drawing:
    """Write down list, rules and panels, and take their fingerprint. Nothing changes thereafter.

    Nominees stand in it by the numbers of their nominations. Raises `RefusedError` where the
    lottery is not the answer to what the scenario asks now, or was frozen before.
    """
    stored = Scenario.objects.select_for_update().select_related("edition").get(pk=scenario.pk)
    if stored.objective != Scenario.Objective.LOTTERY:
        raise RefusedError(_("This scenario chooses by merit: there is nothing to draw."))
    if Drawing.objects.filter(scenario=stored).exists():
        raise RefusedError(_("List and rules are frozen already."))
    _refuse_another(stored)
    asked = scenarios.problem(stored)
    if not scenarios.is_current(stored, asked):
        raise RefusedError(_("Solve the scenario first: something has changed since."))
    answer = stored.answer or {}
    if not answer.get("panels"):
        raise RefusedError(_("There is no lottery in this scenario."))
    frozen = method.freeze(*_by_number(stored, asked, answer["panels"]))
    made = Drawing(
        scenario=stored,
        frozen=frozen.text.decode(),
        digest=frozen.fingerprint,
        frozen_at=clock.now(),
    )
    made.save(force_insert=True)
    audit.record(actor, "drawing.frozen", made, scope=stored.edition_id)
    return made


def _refuse_another(scenario: Scenario) -> None:
    """Whoever does not like what was drawn can't just draw again: the decision comes first.

    Of a decision that was dropped another drawing may follow; the minutes count them.
    """
    drawn = Drawing.objects.filter(scenario__edition=scenario.edition_id, drawn_at__isnull=False)
    if drawn.exclude(scenario__decisions__state=Decision.State.DROPPED).exists():
        raise RefusedError(
            _("A lottery has been drawn for this edition: propose the cohort that it drew.")
        )


def _by_number(
    scenario: Scenario, asked: selection.Problem, panels: list[dict[str, Any]]
) -> tuple[selection.Problem, list[selection.Panel]]:
    """The problem and its panels with numbers of nominations for ids."""
    numbers = {str(each.pk): str(each.number) for each in scenarios.candidates(scenario.edition_id)}
    renamed = replace(
        asked,
        nominees=tuple(replace(each, id=numbers[each.id]) for each in asked.nominees),
        include=tuple(numbers[key] for key in asked.include),
        exclude=tuple(numbers[key] for key in asked.exclude),
    )
    return renamed, [
        selection.Panel(
            members=tuple(numbers[key] for key in panel["members"]),
            probability=panel["probability"],
            weight=panel["weight"],
        )
        for panel in panels
    ]


@transaction.atomic
def draw(drawing: Drawing, seed: str, *, witnesses: int | None, actor: audit.Actor) -> Drawing:
    """Draw by what the dice showed. It is done once; a second try is refused.

    Raises `RefusedError` without a seed, or where it or another one has been drawn.
    """
    # Of several that are frozen one is drawn: whoever draws another waits here, and is refused.
    Edition.objects.select_for_update().get(pk=drawing.scenario.edition_id)
    of_scenario = Drawing.objects.select_related("scenario")
    stored = of_scenario.select_for_update(of=("self",)).get(pk=drawing.pk)
    if stored.drawn_at is not None:
        raise RefusedError(_("This lottery has been drawn: it is drawn once."))
    _refuse_another(stored.scenario)
    seed = " ".join(seed.split())
    if not seed:
        raise RefusedError(_("Type what the dice showed."), "seed")
    if sum(each.isdecimal() for each in seed) < FEWEST_ROLLS:
        raise RefusedError(
            _("Roll at least ten times: fewer could be tried out beforehand."), "seed"
        )
    drawn = method.draw(method.Frozen(stored.frozen.encode(), stored.digest), seed)
    stored.seed = seed
    stored.witnesses = witnesses
    stored.drawn_at = clock.now()
    stored.drawn_by = actor.audit_id
    stored.result_digest = drawn.digest
    stored.panel = drawn.panel
    stored.save()
    audit.record(
        actor, "drawing.drawn", stored, scope=stored.scenario.edition_id, panel=drawn.panel
    )
    return stored


def result(drawing: Drawing) -> method.Drawing | None:
    """What was drawn, worked out anew from the frozen text; None before."""
    if drawing.drawn_at is None:
        return None
    return method.draw(method.Frozen(drawing.frozen.encode(), drawing.digest), drawing.seed)


def recipe() -> str:
    """The ten lines of Python by which anybody draws again: those of the method's own docstring."""
    lines = (inspect.getdoc(method) or "").splitlines()
    return textwrap.dedent("\n".join(line for line in lines if line.startswith(_CODE)))


# What is code in that docstring is indented deeper than its text.
_CODE = " " * 7
