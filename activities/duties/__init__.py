"""Duties: what has to be done about an activity, whose it is and by when (RSP-1)."""
