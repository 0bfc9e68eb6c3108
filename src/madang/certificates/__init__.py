"""Certificates on paper and as signed credentials, and the keys that sign them."""
