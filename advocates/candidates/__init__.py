"""Candidates: their score in parts, and who was put aside until something changes (IDN-1)."""
