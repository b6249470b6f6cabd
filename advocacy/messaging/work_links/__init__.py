"""What one decision finishes is finished from the mail (MSG-5.a)."""
