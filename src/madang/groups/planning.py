"""The method, as the worker calls it in a process of its own: no models, no database."""

from madang.methods import rotation


def answer(problem: rotation.Problem) -> rotation.Rotation:
    """A plan, or a repair, for the question."""
    return rotation.rotate(problem)
