"""Questions about editions and everything in them."""
