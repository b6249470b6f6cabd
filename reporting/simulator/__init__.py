"""The simulator: the tenant's own past under other settings, or with more people (SIM-1)."""
