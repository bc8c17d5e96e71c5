"""The shared store: a file on a network share, or PostgreSQL, with what each guards by itself."""
