"""Pages of tests: for whoever takes them, and for those who prepare them."""
