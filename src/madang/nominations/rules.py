"""Who may see and do what between the call and the merit of each nominee.

Pages of an edition ask for the edition itself (`workshops.rules`); these are about single things.

Focal points and superiors who endorse come by links without an account: see
`people.access_links`; what those pages show is scoped to the link's own invitation or nomination.
"""

from madang.core.policies import acting, has, own, role

# --- The call -----------------------------------------------------------------------------------
see_call = has("state", "open", "closed") & has("edition__state", "announced", "closed") | role(
    "secretariat", "director", at="edition_id"
)

# --- Countries and the register of correspondence -----------------------------------------------
see_invitation = role("secretariat", "director", at="call__edition_id")
see_register = role("secretariat", "director", at="edition_id")

# --- Nominations --------------------------------------------------------------------------------
# A focal point with an account sees their own country's, and never what screening made of them.
handle_nomination = role("secretariat", at="edition_id")
see_nomination = (
    role("secretariat", "director", at="edition_id")
    | role("focal_point", at="country_id")
    | own("person_id")
)
nominate = role("focal_point", at="country_id") & has("edition__call__state", "open")
# Asked about a country: whose nominations somebody with an account enters and follows.
speak_for = role("focal_point", at="pk")
handle_import = role("secretariat", at="edition_id")

# --- Screening ----------------------------------------------------------------------------------
score = acting("screener_id") & role("secretariat", at="nomination__edition_id")

# --- Endorsements: the signed page ---------------------------------------------------------------
see_endorsement = role("secretariat", "director", at="nomination__edition_id") | role(
    "focal_point", at="nomination__country_id"
)
