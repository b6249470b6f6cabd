"""Pages of people, split by who opens them."""
