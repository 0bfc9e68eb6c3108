"""Forms of evaluations: answering, and what officers set."""
