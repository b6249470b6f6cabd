"""Words for letters of thanks, a module a language (docs/decisions/0046)."""
