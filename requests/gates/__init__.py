"""What stands before a request: a deal that is far enough, feedback that is owed (REQ-4, REQ-5)."""
