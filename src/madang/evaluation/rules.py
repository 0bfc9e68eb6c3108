"""Who may see and change what of evaluations."""

from madang.core.policies import has, own, role
from madang.workshops import rules as workshops

# Questions, times, states and the numbers of all forms, for things of an edition.
plan = workshops.plan
oversee = workshops.oversee

# About an edition: what people wrote, before it is published.
read_comments = workshops.plan_edition

# About a participation: whoever comes to learn answers, for themselves only.
answer = own("person_id") & has("kind", "participant") & has("state", "expected")

# About a `Speaker`: what was said of one's own part, once the form is closed.
see_own_results = own("participation__person_id") & has("form__state", "closed")

# About a comment, in the history.
see_comment = role("secretariat", at="form__edition_id")
oversee_question = role("secretariat", "director", at="form__edition_id")
