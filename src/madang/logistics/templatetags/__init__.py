"""Tags and filters of the pages about travel and stay."""
