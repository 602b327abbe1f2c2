"""What changes state, one use case a file."""
