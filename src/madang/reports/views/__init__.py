"""Pages of reports: the secretariat's, and those of whoever may read what was issued."""
