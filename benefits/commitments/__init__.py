"""What is promised for a quarter against what there is (BEN-10)."""
