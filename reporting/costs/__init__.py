"""What the program costs, dated or by period (COST-1)."""
