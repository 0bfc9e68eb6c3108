"""Forms of workshops: what may be typed, and the sentence beside the field where it may not."""
