"""Envoy's configuration, rendered from the public route table in deploy/gateway for every way of running."""
