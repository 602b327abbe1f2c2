"""framework-svc: frameworks as immutable versions, and the registers of populations."""
