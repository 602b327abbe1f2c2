"""The migrated database is what the code describes."""

from typing import Any

from scoring_svc.adapters.db.tables import metadata
from service_kit.migrations import drift


def test_the_tables_in_code_and_in_migrations_agree(scoring: Any) -> None:
    assert drift(scoring.engine, metadata) == []
