"""Pages of plans, of the follow-up, of supervisors, of results and of the four levels."""
