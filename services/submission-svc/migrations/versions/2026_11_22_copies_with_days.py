"""Copies made before their days were kept get them: a consumer of a new name hears everything again from the start."""

from alembic import op

revision = "2026_11_22_copies_with_days"
down_revision = "2026_11_22_marked_workbooks"


def upgrade() -> None:
    """Forget what the consumer before it has heard; what it could not take is the new one's to try again."""
    op.execute("delete from inbox where consumer = 'submission-svc.framework'")
    op.execute("update parked_message set consumer = 'submission-svc.sources'")
