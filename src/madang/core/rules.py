"""Who may see approvals, background tasks, the audit trail and the demo's outbox."""

from typing import Any

from django.conf import settings
from django.db.models import Q

from madang.core.policies import Rule, acting, role

see_approval = (
    acting("author_id") | acting("director_id") | role("secretariat", "director", at="scope_id")
)
prepare_approval = acting("author_id") | role("secretariat", at="scope_id")
decide_approval = acting("director_id")

see_job = acting("owner_id")

# A line without a scope belongs to the whole installation: those see it whose role is as wide.
see_history = role("secretariat", "director", at="scope_id")

# In the demo, everybody: all of it is invented. Elsewhere nobody reads other people's mail.
see_outbox: Rule[Any] = Rule(
    lambda _who, _message: bool(settings.MADANG_DEMO),
    lambda _who: Q(pk__isnull=False) if settings.MADANG_DEMO else Q(pk__in=()),
)
