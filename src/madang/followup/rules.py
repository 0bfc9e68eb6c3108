"""Who may see and change what of the follow-up.

A plan is its author's alone: neither the secretariat nor a director nor a ministry opens it. What
a supervisor sees is decided by the rows of a release, through a link (`views.supervising`).
"""

from madang.core.policies import has, own, role

# Asked about a participation: whose plan and follow-up it is.
_makes_one = has("kind", "participant") & has("state", "expected")
own_plan = own("person_id") & _makes_one

# Asked about a thing of the plan: titles in one's own history, and files of evidence.
own_thing = own("participation__person_id")
own_progress = own("plan__participation__person_id")
own_report = own("progress__plan__participation__person_id")

# --- Results -------------------------------------------------------------------------------------
# Asked about a participation that tells one, and about a result.
tell_result = own_plan
see_result = (
    has("state", "published") & has("edition__state", "announced", "closed")
    | role("secretariat", "director", at="edition_id")
    | own("told_by__person_id")
)
oversee = role("secretariat", "director", at="edition_id")

# --- Sources of recommendations ------------------------------------------------------------------
# What a group concluded is for those who were there; the public reads the recommendation.
see_conclusion = has("state", "accepted") & role(
    "secretariat", "director", "participant", "resource_person", at="group__round__plan__edition_id"
)
