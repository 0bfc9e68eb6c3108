"""Countries, organisations, people, their accounts, roles and consents."""

from madang.people.models.access import AccessLink, MailedCode
from madang.people.models.account import Account, AccountManager
from madang.people.models.consent import Consent
from madang.people.models.country import Country, CountryName
from madang.people.models.organisation import Organisation
from madang.people.models.person import Person
from madang.people.models.role import Role

__all__ = [
    "AccessLink",
    "Account",
    "AccountManager",
    "Consent",
    "Country",
    "CountryName",
    "MailedCode",
    "Organisation",
    "Person",
    "Role",
]
