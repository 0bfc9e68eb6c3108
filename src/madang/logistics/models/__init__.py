"""Getting there and being there: journeys, rooms and needs; money, protocol, buses and tables."""

from madang.logistics.models.allowances import AllowanceDay, AllowanceRate, NoAllowance
from madang.logistics.models.buses import Bus, BusSeat
from madang.logistics.models.money import Expense, Payment, Source
from madang.logistics.models.needs import Access, Diet, EmergencyContact, Needs
from madang.logistics.models.protocol import Protocol
from madang.logistics.models.seating import SeatingPlan, Table, TablePlace
from madang.logistics.models.stay import Hotel, HotelRoom, Stay
from madang.logistics.models.travel import Errand, Leg, Pickup

__all__ = [
    "Access",
    "AllowanceDay",
    "AllowanceRate",
    "Bus",
    "BusSeat",
    "Diet",
    "EmergencyContact",
    "Errand",
    "Expense",
    "Hotel",
    "HotelRoom",
    "Leg",
    "Needs",
    "NoAllowance",
    "Payment",
    "Pickup",
    "Protocol",
    "SeatingPlan",
    "Source",
    "Stay",
    "Table",
    "TablePlace",
]
