"""Tests of how the mechanism is put together and run: gateway, runner, manifests."""
