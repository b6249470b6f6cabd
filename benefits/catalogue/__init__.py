"""What can be given to advocates (BEN-1)."""
