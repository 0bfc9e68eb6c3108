"""Tests from an item bank, and what people learned, told of groups only."""
