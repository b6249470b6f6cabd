"""Segments: a filter of a list, saved under a name and evaluated whenever it is used (SEG-1)."""
