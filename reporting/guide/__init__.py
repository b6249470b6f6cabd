"""The set-up guide: what a new program does first, and how far it is (ACT-3)."""
