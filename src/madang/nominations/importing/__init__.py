"""From a file that was read to nominations: what each line is, and what becomes of it."""
