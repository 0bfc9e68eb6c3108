"""Country papers and slides: asked for, reviewed, given a place in the programme."""
