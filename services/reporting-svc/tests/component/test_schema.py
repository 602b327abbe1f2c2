"""The migrations make exactly the tables that the code knows."""

from typing import Any

from reporting_svc.adapters.db.tables import metadata
from service_kit.migrations import drift


def test_the_migrations_make_the_tables_of_the_code(world: Any) -> None:
    assert drift(world.engine, metadata) == []
