"""What can be done with items, tests and answers."""
