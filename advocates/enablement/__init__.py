"""Enablement: what colleagues should know before they nominate or ask (ENB-1)."""
