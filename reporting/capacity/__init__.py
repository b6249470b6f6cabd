"""Once a night: how full everybody is, advocates, managers and teams (CAP-6)."""
