"""Who approves a piece of content before it is published, in which order (APR-1)."""
