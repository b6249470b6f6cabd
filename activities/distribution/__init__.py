"""Where a published piece goes, and what is made of a recording (DIST-1)."""
