"""What a worker runs for jobs."""
