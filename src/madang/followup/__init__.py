"""Action plans, what became of them, and the four levels of an evaluation."""
