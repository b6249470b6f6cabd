"""The playbooks every tenant starts with, by kind of activity (PLB-1.a)."""
