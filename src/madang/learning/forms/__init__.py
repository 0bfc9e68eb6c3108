"""Forms of the item bank and of tests."""
