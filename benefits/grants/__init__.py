"""What was given to whom, from planned to confirmed (BEN-2 to BEN-5)."""
