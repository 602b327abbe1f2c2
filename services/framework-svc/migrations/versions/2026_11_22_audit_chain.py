"""The audit trail becomes a chain with checkpoints; what is there already is sealed when the worker starts."""

from alembic import op

from service_kit.audit import chain_v1

revision = "2026_11_22_audit_chain"
down_revision = "2026_11_21_registers"


def upgrade() -> None:
    """Add the chain's columns, the checkpoints, and the triggers that forbid changes."""
    for statement in chain_v1.split():
        op.execute(statement)
