"""Absences: who is away from when until when, and who stands in (ID-1.c)."""
