"""Which benefit fits whom for what, and why (BEN-9.a)."""
