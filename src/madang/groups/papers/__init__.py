"""What of groups is printed."""
