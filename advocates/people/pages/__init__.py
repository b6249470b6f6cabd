"""Pages about people: lists, and one person (ADV-1 to ADV-4, ENR-1)."""
