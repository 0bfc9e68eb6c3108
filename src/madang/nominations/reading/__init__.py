"""From cells to nominations: which column is which, what each cell means, who is there twice.

It reads, and changes nothing: what it is not sure of it asks, and whatever it changed in a cell
stands in the row's notes.
"""
