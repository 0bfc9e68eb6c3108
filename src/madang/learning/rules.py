"""Who may see and do what of tests.

The secretariat's pages ask `workshops.rules` about the edition (`of_edition`). There is no rule by
which anybody but the person sees answers or a person's result: nothing offers these.
"""

from madang.core.policies import has, own, role

# Asked about a participation: tests are for those who come to learn.
take = own("person_id") & has("kind", "participant") & has("state", "expected")

# Asked about an edition: what a group of more than four has learned.
see_results = role("secretariat", "director", "resource_person", at="id")

# Asked about things of an edition or a series: their titles elsewhere.
oversee = role("secretariat", "director", at="edition_id")
oversee_bank = role("secretariat", "director")
own_sitting = own("participation__person_id")
