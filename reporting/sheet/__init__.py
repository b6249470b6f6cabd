"""What a customer's people gave and got, on one page for a business review (REP-1.f)."""
