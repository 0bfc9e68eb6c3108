"""Peer groups over the week, their rapporteurs and what they concluded."""
