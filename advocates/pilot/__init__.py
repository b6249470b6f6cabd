"""Pilot feedback: what those of the first two months say, and what is made of it (PIL-1)."""
