"""Texts of mails that a tenant may write anew, with merge fields named in words (MSG-1)."""
