"""The programme as a whole: its frozen form, what differs between two, and whom that touches."""
