"""What points can be redeemed for: benefits of the catalogue, given as grants (BEN-7.c)."""
