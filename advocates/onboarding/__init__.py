"""The first steps of somebody who joined, and how soon the first activity comes (ENR-2)."""
