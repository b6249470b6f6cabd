"""The community pool: promoters who are not enrolled and agreed to hear from us (TIER-9)."""
