"""What people do to series, editions and everything in them: one function for each verb."""
