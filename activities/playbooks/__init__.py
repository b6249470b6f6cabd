"""Playbooks: what is to be done for each kind of activity, and texts that help with it (PLB-1)."""
