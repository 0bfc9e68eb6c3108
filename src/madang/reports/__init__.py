"""Final report, list of participants, minutes."""
