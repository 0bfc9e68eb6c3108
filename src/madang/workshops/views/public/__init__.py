"""The public and participant face of an edition."""
