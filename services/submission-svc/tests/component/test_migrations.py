"""The migrations make exactly the tables that the code speaks of."""

from sqlalchemy import Engine

from service_kit import migrations
from service_kit.revisions import require_newest
from submission_svc.adapters.db.tables import metadata
from submission_svc.bootstrap import process


def test_migrated_and_declared_tables_agree(engine: Engine) -> None:
    require_newest(process.migrations, engine)
    assert migrations.drift(engine, metadata) == []
