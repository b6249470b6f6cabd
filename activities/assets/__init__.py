"""Pieces of content: written, confirmed by the advocate, approved, published (AST-1, AST-2)."""
