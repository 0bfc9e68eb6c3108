"""Madang: workshops, strategies and a shared curriculum for e-Government leaders."""

__version__ = "0.1.0"
