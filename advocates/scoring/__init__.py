"""How strong a relationship is, and who is a candidate: both worked out by one statement."""
