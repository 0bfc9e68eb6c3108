"""Badges, and who was in which session: scanned, checked in, entered by hand."""
