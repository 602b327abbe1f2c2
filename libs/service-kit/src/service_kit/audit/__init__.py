"""The audit trail as a chain: who did what, sealed entry by entry, with signed checkpoints that others may keep."""
