"""Pages of the advocates' room."""
