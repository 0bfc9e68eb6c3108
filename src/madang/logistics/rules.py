"""Who may see and change what of travel, stay, money and protocol.

The secretariat's pages ask `workshops.rules` about the edition (`of_edition`); these are the rules
on what belongs to one person, and on lists that are made for others.
"""

from madang.core.policies import has, own, role

# --- Travel, stay and needs ----------------------------------------------------------------------
# Asked about a participation: what somebody tells of their own journey, stay and needs.
_expected = has("state", "expected")
own_journey = own("person_id") & _expected

# Asked about an edition. What people eat, need and are ill with is for those who arrange it; a
# director, who reads everything else, does not need it.
see_needs = role("secretariat", at="id")
see_emergency = role("secretariat", at="id")
# Lists that hold only what a host needs: flights and vehicles, rooms and nights, numbers of diets,
# names by bus and table.
see_host_lists = role("secretariat", "host", at="id")

# Asked about a thing of a participation: its history and its title elsewhere.
see_arranged = own("participation__person_id") | role(
    "secretariat", "director", at="participation__edition_id"
)
see_needed = own("participation__person_id") | role("secretariat", at="participation__edition_id")
oversee_pickup = role("secretariat", "director", at="edition_id")
oversee_room = role("secretariat", "director", at="hotel__edition_id")

# --- Money, protocol, buses and tables -----------------------------------------------------------
# Asked about a thing: its title and history elsewhere, and the receipts of a payment.
see_source = role("secretariat", "director", at="edition_id")
see_expense = role("secretariat", "director", at="source__edition_id")
see_payment = role("secretariat", "director", at="expense__source__edition_id")
see_protocol = role("secretariat", "director", at="participation__edition_id")
oversee_place = role("secretariat", "director", at="session__edition_id")
oversee_table = role("secretariat", "director", at="plan__session__edition_id")
