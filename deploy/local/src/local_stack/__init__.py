"""Runs the whole mechanism on one machine: PostgreSQL, broker, issuer, services, workers and gateway."""
