"""The strategy sheet: one page of what the program is for (STR-1)."""
