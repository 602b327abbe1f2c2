"""What submission-svc hears from other services, one module a topic."""
