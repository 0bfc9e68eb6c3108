"""Who may see and change people, accounts, roles, countries and organisations."""

from madang.core.policies import everyone, own, role, role_everywhere

public = everyone()

# A person is seen by themselves and by those who organise; other apps show people in their context
# (a speaker in a programme) under rules of their own.
see_person = own("id") | role("secretariat", "director")
edit_person = own("id") | role("secretariat")
erase_person = own("id")

see_account = own("person_id") | role("secretariat", "director")
manage_accounts = role_everywhere("secretariat")
manage_roles = role_everywhere("secretariat")
own_role = own("account__person_id")
withdraw_delegation = own("delegated_from__account__person_id")

edit_countries = role_everywhere("secretariat")
edit_organisations = role_everywhere("secretariat")
