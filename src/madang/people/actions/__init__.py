"""The verbs of people: adding, changing, opening, granting, agreeing."""
