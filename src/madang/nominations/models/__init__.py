"""The call, the countries asked, nominations, files of them, and their screening."""

from madang.nominations.models.call import Call, Choice, Question, Quota, Sector, Sex
from madang.nominations.models.importing import Import, ImportRow, KnownHeading
from madang.nominations.models.invitation import Correspondence, Invitation
from madang.nominations.models.nomination import Answer, Endorsement, Nomination
from madang.nominations.models.screening import Criterion, Merit, Score, Screening

__all__ = [
    "Answer",
    "Call",
    "Choice",
    "Correspondence",
    "Criterion",
    "Endorsement",
    "Import",
    "ImportRow",
    "Invitation",
    "KnownHeading",
    "Merit",
    "Nomination",
    "Question",
    "Quota",
    "Score",
    "Screening",
    "Sector",
    "Sex",
]
