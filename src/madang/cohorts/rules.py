"""Who may see and do what between merit and the letter of invitation."""

from madang.core.policies import has, own, role, role_everywhere

# --- Selection ----------------------------------------------------------------------------------
choose = role("secretariat", at="edition_id")
see_selection = role("secretariat", "director", at="edition_id")
approve_decision = role("director", at="edition_id")

# --- Offers -------------------------------------------------------------------------------------
see_offers = role("secretariat", "director", at="edition_id")

# --- Letters ------------------------------------------------------------------------------------
write_letters = role("secretariat", at="edition_id")
approve_letters = role("director", at="edition_id")
see_letters = role("secretariat", "director", at="edition_id")
see_letter = own("person_id") | role("secretariat", "director", at="batch__edition_id")
# The file itself: letters to embassies hold passport data, which officers open with a trace only.
open_letter = own("person_id") | (
    role("secretariat", "director", at="batch__edition_id") & ~has("batch__kind", "visa")
)

# --- Passports: whoever makes letters to embassies, and the person -------------------------------
handle_passports = role_everywhere("secretariat")
# Of a batch that somebody sees: letters to embassies hold passport data.
handle_letters = handle_passports | ~has("kind", "visa")
