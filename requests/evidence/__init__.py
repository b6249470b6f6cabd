"""Evidence where it is wanted: on a deal, in the request form, over REST (EVD-1, REQ-4)."""
