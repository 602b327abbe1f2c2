"""The migrations keep what was there before."""

import alembic.command
from sqlalchemy import text

from reporting_svc.bootstrap import process
from service_kit import migrations
from service_kit.database import build_engine

BEFORE = "2026_11_21_first"
WRITTEN_BEFORE = """
    insert into inbox (consumer, event_id)
    values ('reporting-svc.framework', '00000000-0000-4000-8000-000000000001'),
           ('reporting-svc.submission', '00000000-0000-4000-8000-000000000002');
    insert into parked_message (consumer, position, payload, error, attempts)
    values ('reporting-svc.score', 'score-0-1', '', 'unreadable', 1)
"""


def test_one_consumer_hears_everything_again_and_has_what_the_three_before_it_parked(database_url: str) -> None:
    alembic.command.upgrade(migrations.configuration(process.migrations, database_url), BEFORE)
    engine = build_engine(database_url)
    with engine.begin() as connection:
        for statement in WRITTEN_BEFORE.split(";\n"):
            connection.execute(text(statement))
    migrations.upgrade(process.migrations, database_url)
    with engine.connect() as connection:
        heard = connection.execute(text("select consumer from inbox")).scalars().all()
        parked = connection.execute(text("select consumer from parked_message")).scalars().all()
    engine.dispose()
    assert (heard, parked) == ([], ["reporting-svc.sources"])
