"""Factories, one file per app; they run inside the scope that is open."""
