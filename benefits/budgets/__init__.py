"""How much may be spent in which period on whom (BEN-5)."""
