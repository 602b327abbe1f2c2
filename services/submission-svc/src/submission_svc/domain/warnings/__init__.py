"""Warnings: what may be right and is worth a reason. The method is told in docs/warnings.md."""
