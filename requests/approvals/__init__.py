"""What a colleague approves before any customer is asked (REQ-3.b)."""
