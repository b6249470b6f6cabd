"""The recognition wall: spotlights and awards, with the leave of whom they are about (BEN-8)."""
