"""Executive sponsors: how often they are in touch with whom, and with what in hand (SPN-1)."""
