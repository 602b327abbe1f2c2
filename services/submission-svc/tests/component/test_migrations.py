"""The migrations make exactly the tables that the code speaks of, and keep what was there before."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import alembic.command
import pytest
from sqlalchemy import Engine, inspect, text

from service_kit import migrations
from service_kit.database import build_engine
from service_kit.revisions import require_newest
from submission_svc.adapters.db.tables import metadata
from submission_svc.bootstrap import process
from tests.support.embedded import Embedded

BEFORE = "2026_11_21_count_changes"
DECLARED = "from submission_svc.adapters.db.tables import metadata; print(*metadata.tables)"
WRITTEN_BEFORE = """
    insert into cycle values ('c-2024', '{"en": "Cycle"}', 'small', '1', 'sha256:1', 'testers', 2024,
                              '2025-01-01', '2025-12-31', false, 'open'),
             ('c-2023', '{"en": "Cycle"}', 'small', '1', 'sha256:1', 'testers', 2023,
              '2024-01-01', '2024-12-31', false, 'closed');
    insert into audit_entry (actor, action, subject, detail)
    values ('secretariat', 'cycle.closed', 'c-2023', '{"reason": "Too early."}'),
           ('secretariat', 'cycle.closed', 'c-2023', '{"reason": "All are in."}'),
           ('secretariat', 'cycle.closed', 'c-2024', '{"reason": "Reopened since."}');
    insert into audit_entry (at, actor, action, subject, detail)
    values ('2025-03-01T02:30Z', 'contact', 'disclosure.changed', 'c-2024/KEN', '{"disclosure": {"before": "older"}}'),
           ('2025-03-01T05:00Z', 'contact', 'disclosure.changed', 'c-2024/KEN', '{"disclosure": {"before": "then"}}'),
           ('2025-03-01T06:00Z', 'contact', 'disclosure.changed', 'c-2024/KEN', '{"disclosure": {"before": "later"}}');
    insert into submission (id, cycle, administration, status, revision, changes, disclosure,
                            started_at, changed_at, submitted_at, accepted_at)
    values ('00000000-0000-0000-0000-000000000003', 'c-2024', 'RWA', 'submitted', 1, 2, '"of now"',
            '2025-03-01T01:00Z', '2025-03-01T04:00Z', '2025-03-01T02:00Z', null),
           ('00000000-0000-0000-0000-000000000001', 'c-2024', 'KEN', 'accepted', 3, 4, '{}',
            '2025-03-01T01:00Z', '2025-03-01T04:00Z', '2025-03-01T02:00Z', '2025-03-01T03:00Z'),
           ('00000000-0000-0000-0000-000000000002', 'c-2024', 'UGA', 'draft', 0, 1, '{}',
            '2025-03-01T01:00Z', '2025-03-01T01:00Z', null, null);
    insert into answer (submission, input, year, state, value)
    select id, 'HOURS', 2024, 'number', 12.5 from submission;
    insert into inbox (consumer, event_id)
    values ('submission-svc.framework', '00000000-0000-0000-0000-000000000003');
    insert into parked_message (consumer, position, payload, error, attempts)
    values ('submission-svc.framework', 'framework-0-1', '', 'unreadable', 1);
    insert into claim (submission, kpi, state, reason) select id, 'K-TIME', 'opted_out', 'Later' from submission
"""


@pytest.fixture
def upgraded(embedded_postgres: Embedded) -> Iterator[Engine]:
    """A database of the version before, with submissions in it, brought to this one."""
    with embedded_postgres.database() as url:
        alembic.command.upgrade(migrations.configuration(process.migrations, url), BEFORE)
        engine = build_engine(url)
        with engine.begin() as connection:
            for statement in WRITTEN_BEFORE.split(";\n"):
                connection.execute(text(statement))
        migrations.upgrade(process.migrations, url)
        yield engine
        engine.dispose()


def rows(engine: Engine, statement: str) -> list[tuple[Any, ...]]:
    """What the database holds."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def test_migrated_and_declared_tables_agree(engine: Engine) -> None:
    require_newest(process.migrations, engine)
    assert migrations.drift(engine, metadata) == []


def test_the_module_of_tables_alone_declares_them_all(engine: Engine) -> None:
    declared = subprocess.run([sys.executable, "-c", DECLARED], capture_output=True, text=True, check=True)
    assert sorted({*declared.stdout.split(), "alembic_version"}) == sorted(inspect(engine).get_table_names())


def test_what_was_answered_and_claimed_before_holds_since_its_submission_began(upgraded: Engine) -> None:
    for table in ("answer", "claim"):
        held = f"select count(*) from {table} join submission s on s.id = submission"  # noqa: S608 - names from here
        assert rows(upgraded, f"{held} where until = 'infinity' and since = started_at") == [(3,)]


def test_what_was_accepted_before_is_in_force_since_then(upgraded: Engine) -> None:
    steps = (
        "select administration, step.status, at = accepted_at, step.in_force_at = accepted_at,"
        " s.in_force_at = accepted_at from submission_step step join submission s on s.id = submission"
        " where administration = 'KEN'"
    )
    assert rows(upgraded, steps) == [("KEN", "accepted", True, True, True)]


def test_the_consumer_hears_again_what_came_before_days_were_kept(upgraded: Engine) -> None:
    assert rows(upgraded, "select consumer from inbox") == []
    assert rows(upgraded, "select consumer from parked_message") == [("submission-svc.sources",)]


def test_a_cycle_that_was_closed_before_has_the_last_reason_of_the_audit_trail(upgraded: Engine) -> None:
    reasons = rows(upgraded, "select code, close_reason from cycle order by code")
    assert reasons == [("c-2023", "All are in."), ("c-2024", None)]


def test_steps_that_were_made_before_tell_who_could_see_what_then(upgraded: Engine) -> None:
    chosen = "select administration, step.disclosure from submission_step step join submission s on s.id = submission"
    assert sorted(rows(upgraded, chosen)) == [("KEN", "then"), ("RWA", "of now")]
