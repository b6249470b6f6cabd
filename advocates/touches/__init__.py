"""Touches: what was between us and somebody that asked for nothing (REL-1)."""
