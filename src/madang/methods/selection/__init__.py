"""A cohort: the best nominees within seats, quotas and budget, or a fair lottery among them."""
