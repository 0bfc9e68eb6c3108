"""Why each nominee is in a cohort that was drawn by lot, or is not."""

from madang.methods.selection import sentences
from madang.methods.selection.problem import Cohort, Problem, Reason
from madang.methods.selection.relaxing import relax


def explain(problem: Problem, answer: Cohort, deadline: float) -> dict[str, Reason]:
    """For those whom `problem.explain` asks about: the lot, or the rules that leave no chance."""
    asked = problem.explained
    found = {}
    for nominee in problem.nominees:
        if nominee.id in asked:
            why = _reason(problem, answer, nominee.id, deadline)
            text = sentences.lot(nominee.id, why, (answer.probabilities or {})[nominee.id])
            found[nominee.id] = Reason(why.chosen, why.code, relaxations=why.relaxations, text=text)
    return found


def _reason(problem: Problem, answer: Cohort, name: str, deadline: float) -> Reason:
    chosen = name in answer.selected
    if name in problem.include:
        return Reason(chosen, "included")
    if name in problem.exclude:
        return Reason(chosen, "excluded")
    if (answer.probabilities or {})[name] > 0:
        return Reason(chosen, "lot")
    if answer.status != "optimal":
        return Reason(chosen, "undecided")
    # The fairest lottery gives a chance to everybody who is in any cohort.
    relaxations = relax(problem, deadline, inside=(name,))
    return Reason(chosen, "rules", relaxations=relaxations)
