"""Calendars that other programs subscribe to (RFC 5545): the whole programme, a session, mine."""
