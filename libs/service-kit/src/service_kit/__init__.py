"""Plumbing that all services share; it knows no noun of the domain."""
