"""Verbs of papers."""
