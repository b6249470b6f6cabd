"""Forms of the advocates' room."""
