"""A named report (`naming.named`) in each format that it is given away in."""
