"""Tiers set by hand, for a reason and until a day (TIER-5)."""
