"""Answers to asks that came by mail (MSG-5.b)."""
