"""What the program is to reach, how it stands and where it is heading (GOAL-1)."""
