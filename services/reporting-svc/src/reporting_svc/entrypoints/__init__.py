"""Ways in: consumers, HTTP and pages."""
