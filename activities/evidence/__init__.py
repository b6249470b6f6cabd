"""Evidence search: what customers said and reached, found by a question in plain words (EVD-1)."""
