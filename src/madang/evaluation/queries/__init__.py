"""Questions about evaluations; what other apps ask stands here."""

from madang.evaluation.queries.answering import handed_in
from madang.evaluation.queries.telling import results

__all__ = ["handed_in", "results"]
