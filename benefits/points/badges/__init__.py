"""What somebody is recognised for, by rules the tenant sets (BEN-7.a)."""
