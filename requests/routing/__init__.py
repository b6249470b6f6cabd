"""Who of the program gets a request (REQ-3)."""
