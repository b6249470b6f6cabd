"""What belongs to a tier, granted on entry and per period (BEN-2, TIER-6)."""
