"""How it was: what both sides say after something took place (FUL-3.a)."""
