"""Forms, the box into which they are handed, and what may be told of them."""

from madang.evaluation.models.box import Ballot, HandedIn, Slip
from madang.evaluation.models.form import Choice, Form, Question, Speaker
from madang.evaluation.models.outcome import Comment, Outcome

__all__ = [
    "Ballot",
    "Choice",
    "Comment",
    "Form",
    "HandedIn",
    "Outcome",
    "Question",
    "Slip",
    "Speaker",
]
