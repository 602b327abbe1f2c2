"""Ways in: HTTP and events."""
