"""Who may see and change what of workshops."""

from madang.core.policies import has, own, role, role_everywhere

# --- Editions and their programme ----------------------------------------------------------------
# A series is shared by all its editions, so whoever plans only some of these does not change it.
plan_series = role_everywhere("secretariat")
plan_edition = role("secretariat", at="id")
oversee_edition = role("secretariat", "director", at="id")
see_edition = has("state", "announced", "closed") | oversee_edition

# The same for things that belong to an edition.
plan = role("secretariat", at="edition_id")
oversee = role("secretariat", "director", at="edition_id")
belongs = role("secretariat", "director", "participant", "resource_person", "host", at="edition_id")

see_version = has("edition__state", "announced", "closed") | oversee

# --- People in an edition ------------------------------------------------------------------------
# Hosts and supporters get only what logistics needs, on pages of their own.
see_participants = role(
    "secretariat", "director", "participant", "resource_person", at="edition_id"
)
see_participation = own("person_id") | see_participants

# --- Sign-up -------------------------------------------------------------------------------------
# Numbers without names: what it takes to prepare rooms, meals and buses.
prepare = role("secretariat", "director", "host", at="edition_id")

# Whose week it is: those who come for the workshop rather than to run it.
comes = role("participant", "resource_person", "host", at="edition_id")
sign_up = role("participant", "resource_person", at="edition_id")
see_sign_up = own("participation__person_id") | role(
    "secretariat", "director", "host", at="session__edition_id"
)

# --- Materials -----------------------------------------------------------------------------------
_offered = has("is_withdrawn", False)  # noqa: FBT003 - a value, not a switch
_public = has("audience", "public") & has("edition__state", "announced", "closed")
see_material = (_offered & (_public | belongs)) | plan
