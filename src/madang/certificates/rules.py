"""Who may see and do what of certificates.

The secretariat's pages ask `workshops.rules` about the edition; these are asked about what belongs
to one person, and about what only a director decides.
"""

from madang.core.policies import has, own, role, role_everywhere

# Asked about an edition.
grant_exemptions = role("director", at="id")
# Asked about a list of certificates.
write_certificates = role("secretariat", at="edition_id")
approve_certificates = role("director", at="edition_id")
see_certificates = role("secretariat", "director", at="edition_id")
# Asked about a rule: of an edition that is not announced, nobody learns that there are any.
see_rule = has("edition__state", "announced", "closed") | see_certificates
# Asked about one certificate, or what belongs to a participation.
own_certificate = own("participation__person_id")
see_certificate = own_certificate | role("secretariat", "director", at="batch__edition_id")
see_of_participation = own_certificate | role(
    "secretariat", "director", at="participation__edition_id"
)
# Keys belong to the installation.
see_keys = role_everywhere("secretariat", "director")
