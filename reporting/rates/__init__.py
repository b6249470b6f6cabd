"""Exchange rates, by which amounts of deals become money of the base currency (MET-6.b)."""
