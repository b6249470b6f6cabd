"""Who does what: a responsible role for each type and step, and whose program it is (RSP-1)."""
