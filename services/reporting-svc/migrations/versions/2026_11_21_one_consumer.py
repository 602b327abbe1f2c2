"""One consumer reads all topics: what the three before it have handled and parked is its own."""

from alembic import op

revision = "2026_11_21_one_consumer"
down_revision = "2026_11_21_first"


def upgrade() -> None:
    """Rename the consumer; each event is of one topic, so no event is there twice."""
    for table in ("inbox", "parked_message"):
        op.execute(f"update {table} set consumer = 'reporting-svc.sources'")  # noqa: S608 - the names are those above
