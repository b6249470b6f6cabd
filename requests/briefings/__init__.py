"""Briefings before a call, one for each side (FUL-2)."""
