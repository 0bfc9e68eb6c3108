"""Series, editions, their programme, the people in it, materials and published versions."""

from madang.workshops.models.calendar import CalendarLink
from madang.workshops.models.edition import Edition, EditionPartner, Module, Series
from madang.workshops.models.material import Material, MaterialVersion
from madang.workshops.models.participation import Participation
from madang.workshops.models.place import Room, Site, SiteTravel
from madang.workshops.models.publication import ProgrammeVersion
from madang.workshops.models.recommendation import Recommendation, RecommendationAnswer
from madang.workshops.models.session import Session, SessionPerson, SignUp
from madang.workshops.models.suggestion import TimetableSuggestion

__all__ = [
    "CalendarLink",
    "Edition",
    "EditionPartner",
    "Material",
    "MaterialVersion",
    "Module",
    "Participation",
    "ProgrammeVersion",
    "Recommendation",
    "RecommendationAnswer",
    "Room",
    "Series",
    "Session",
    "SessionPerson",
    "SignUp",
    "Site",
    "SiteTravel",
    "TimetableSuggestion",
]
