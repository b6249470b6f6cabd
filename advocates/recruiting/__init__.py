"""Asking one person, in a letter with seven parts, to begin with one kind of activity (ENR-3)."""
