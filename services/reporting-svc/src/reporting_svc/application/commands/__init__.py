"""What changes the read models, one use case a file."""
