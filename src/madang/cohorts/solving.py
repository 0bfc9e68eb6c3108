"""What runs in the short-lived process: the method, and nothing that needs the database."""

from dataclasses import asdict, replace
from typing import Any

from madang.methods import documents, selection


def best(asked: selection.Problem) -> dict[str, Any]:
    """The method's answer as JSON."""
    answer: dict[str, Any] = documents.plain(selection.solve(asked))
    return answer


def weighed(asked: selection.Problem) -> dict[str, Any]:
    """The answer with what each rule costs under `changes`."""
    answer = best(asked)
    changes: tuple[selection.Change, ...] = ()
    if asked.objective == "merit" and answer["status"] in {"optimal", "feasible"}:
        changes = selection.sensitivity(replace(asked, explain=False, reserves=0))
    return answer | {"changes": [asdict(change) for change in changes]}
