"""Pages on which a country nominates, through a link or with an account, and is endorsed."""
