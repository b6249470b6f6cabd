"""One page about the program that a person would forward, also as PDF and by mail (REP-1.e)."""
