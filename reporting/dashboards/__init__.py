"""A few numbers and pictures for each role (REP-1)."""
