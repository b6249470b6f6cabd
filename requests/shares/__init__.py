"""Content used in deals: by a tracked link, or without one (AST-2.b, AST-2.c)."""
