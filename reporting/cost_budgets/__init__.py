"""How much may be spent on each kind of cost, against committed and spent (COST-1.c)."""
