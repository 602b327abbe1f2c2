"""Ways out: the database."""
