"""Questions about plans, what became of them, what is shown to whom, and the four levels."""
