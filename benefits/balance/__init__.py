"""What somebody gave beside what came back, and who came off badly (BEN-6)."""
