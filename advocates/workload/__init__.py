"""Who is asked for how much, and whom we lose touch with (CAP-6, MAT-3)."""
