"""Verbs of certificates."""
