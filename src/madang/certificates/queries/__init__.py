"""What pages and other apps ask of certificates: `numbers` of an edition."""

from madang.certificates.queries.lists import Numbers, numbers

__all__ = ["Numbers", "numbers"]
