"""What people do with badges, scans and attendance."""
