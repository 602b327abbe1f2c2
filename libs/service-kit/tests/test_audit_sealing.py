"""Sealing on a real database: order, writers at once, a sealer that dies, clocks, and what the database refuses."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from service_kit.audit import stored
from service_kit.audit.chain_v1 import split
from service_kit.audit.keys import AuditKeys, new_key_pem, read_keys
from service_kit.audit.sealing import ENTRIES_PER_CHECKPOINT, MOST_UNSIGNED, ChainBrokenError, Sealer
from service_kit.audit.verifying import Fault, Verification, Verifier
from service_kit.clock import utc_now
from service_kit.database import build_engine

TABLE = """
    create table audit_entry (
        id bigint generated always as identity primary key, at timestamptz not null default now(),
        actor text not null, action text not null, subject text not null, detail json not null
    )
"""
ADD = text(
    "insert into audit_entry (actor, action, subject, detail) values ('me', 'thing.done', :subject, '{\"a\": 1}')"
)

MANY = text(
    "insert into audit_entry (actor, action, subject, detail)"
    " select 'a', 'b', 'c', '{\"answers\": 12, \"digest\": \"sha256:0\"}'::json from generate_series(1, :count)"
)


@pytest.fixture
def trail(database_url: str) -> Iterator[Engine]:
    """A database with an empty audit trail, as migrations make it."""
    engine = build_engine(database_url)
    with engine.begin() as connection:
        for statement in (TABLE, *split()):
            connection.execute(text(statement))
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> AuditKeys:
    """A signing key."""
    path = tmp_path_factory.mktemp("keys") / "key.pem"
    path.write_text(new_key_pem())
    return read_keys(path)


@pytest.fixture
def sealer(trail: Engine, keys: AuditKeys) -> Sealer:
    """A sealer with a real clock."""
    return Sealer(trail, keys, "tests", utc_now)


def add(engine: Engine, count: int, subject: str = "x") -> None:
    """Entries, each in a transaction of its own."""
    for _ in range(count):
        with engine.begin() as connection:
            connection.execute(ADD, {"subject": subject})


def rows(engine: Engine, statement: str) -> list[Any]:
    """What the database holds."""
    with engine.connect() as connection:
        return list(connection.execute(text(statement)))


def verify(engine: Engine, keys: AuditKeys) -> Verification:
    """What the verification finds in the database."""
    with engine.connect() as connection:
        verifier = Verifier("tests", keys, stored.checkpoints(connection))
        verifier.take(stored.sealed_entries(connection))
        return verifier.finish(MOST_UNSIGNED)


def tamper(engine: Engine, *statements: str) -> None:
    """What somebody with all rights on the database does."""
    with engine.begin() as connection:
        connection.execute(text("alter table audit_entry disable trigger user"))
        connection.execute(text("alter table audit_checkpoint disable trigger user"))
        for statement in statements:
            connection.execute(text(statement))


def test_entries_are_sealed_in_order_with_a_checkpoint(trail: Engine, sealer: Sealer, keys: AuditKeys) -> None:
    add(trail, 5)
    assert sealer.seal() == 5
    assert [row.position for row in rows(trail, "select position from audit_entry order by id")] == [1, 2, 3, 4, 5]
    assert [row.position for row in rows(trail, "select position from audit_checkpoint")] == [5]
    assert verify(trail, keys).is_intact


def test_sealing_again_changes_nothing(trail: Engine, sealer: Sealer) -> None:
    add(trail, 2)
    sealer.seal()
    before = rows(trail, "select ctid, xmin, audit_entry::text from audit_entry")
    assert sealer.seal() == 0
    assert rows(trail, "select ctid, xmin, audit_entry::text from audit_entry") == before
    assert len(rows(trail, "select * from audit_checkpoint")) == 1


def test_an_entry_that_commits_late_comes_later_in_the_chain(trail: Engine, sealer: Sealer, keys: AuditKeys) -> None:
    with trail.begin() as slow:
        slow.execute(ADD, {"subject": "slow"})
        add(trail, 1, "quick")
        assert sealer.seal() == 1
    assert sealer.seal() == 1
    found = rows(trail, "select subject from audit_entry order by position")
    assert [row.subject for row in found] == ["quick", "slow"]
    assert verify(trail, keys).is_intact


def test_writers_and_sealers_at_once_make_one_chain(trail: Engine, keys: AuditKeys) -> None:
    stop = threading.Event()
    sealers = [Sealer(trail, keys, "tests", utc_now) for _ in range(2)]
    threads = [threading.Thread(target=each.run, args=(stop,)) for each in sealers]
    for thread in threads:
        thread.start()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: add(trail, 50, name), "abcd"))
    deadline = time.monotonic() + 10
    while rows(trail, "select 1 from audit_entry where position is null") and time.monotonic() < deadline:
        time.sleep(0.05)
    stop.set()
    for thread in threads:
        thread.join(timeout=5)
    result = verify(trail, keys)
    assert (result.is_intact, result.entries) == (True, 200)


def test_an_entry_is_sealed_within_a_second(trail: Engine, sealer: Sealer) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=sealer.run, args=(stop,))
    thread.start()
    add(trail, 1)
    deadline = time.monotonic() + 1.0
    while rows(trail, "select 1 from audit_entry where position is null"):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    stop.set()
    thread.join(timeout=5)


def test_a_sealer_that_dies_in_the_middle_has_done_nothing(
    trail: Engine, sealer: Sealer, keys: AuditKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(trail, 3)

    def die(connection: Connection, *_: Any) -> None:
        connection.execute(text("select pg_terminate_backend(pg_backend_pid())"))

    with monkeypatch.context() as patched:
        patched.setattr(sealer, "_sign", die)
        with pytest.raises(DBAPIError, match="terminating connection"):
            sealer.seal()
    assert len(rows(trail, "select 1 from audit_entry where position is null")) == 3
    assert sealer.seal() == 3
    assert verify(trail, keys).is_intact


def test_a_clock_that_goes_backwards_breaks_nothing(trail: Engine, keys: AuditKeys) -> None:
    now = datetime(2030, 1, 1, tzinfo=UTC)
    moments = [now, now - timedelta(days=365), now - timedelta(days=365, hours=1)]
    for moment in moments:
        add(trail, 1)
        with trail.begin() as connection:
            late = text(
                "insert into audit_entry (at, actor, action, subject, detail) values (:at, 'a', 'b', 'c', '{}')"
            )
            connection.execute(late, {"at": moment})
        Sealer(trail, keys, "tests", lambda at=moment: at).seal()  # type: ignore[misc]
    assert [row.at for row in rows(trail, "select at from audit_checkpoint order by number")] == moments
    assert verify(trail, keys).is_intact


def test_checkpoints_come_with_time_or_number(trail: Engine, keys: AuditKeys) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for minutes in (0, 1, 4, 5, 6):
        add(trail, 1)
        Sealer(trail, keys, "tests", lambda at=now + timedelta(minutes=minutes): at).seal()  # type: ignore[misc]
    assert [row.position for row in rows(trail, "select position from audit_checkpoint")] == [1, 4]
    with trail.begin() as connection:
        connection.execute(MANY, {"count": 2 * ENTRIES_PER_CHECKPOINT})
    sealer = Sealer(trail, keys, "tests", lambda: now + timedelta(minutes=7))
    while sealer.seal():
        pass
    assert [row.position for row in rows(trail, "select position from audit_checkpoint")] == [1, 4, 1005, 2005]
    assert verify(trail, keys).is_intact


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_entry set actor = 'other'",
        "update audit_entry set position = 9",
        "delete from audit_entry",
        "truncate audit_entry",
        "update audit_checkpoint set hash = 'x'",
        "delete from audit_checkpoint",
        "truncate audit_checkpoint",
    ],
)
def test_the_database_refuses_to_change_the_trail(trail: Engine, sealer: Sealer, statement: str) -> None:
    add(trail, 1)
    sealer.seal()
    with trail.connect() as connection, pytest.raises(DBAPIError, match="only ever added to"):
        connection.execute(text(statement))


def test_sealing_may_not_change_anything_else(trail: Engine) -> None:
    add(trail, 1)
    statement = text("update audit_entry set position = 1, actor = 'other'")
    with trail.connect() as connection, pytest.raises(DBAPIError, match="only ever added to"):
        connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "fault", "place"),
    [
        ("update audit_entry set detail = '{\"a\": 2}' where position = 3", Fault.CHANGED, 3),
        ("delete from audit_entry where position = 3", Fault.REMOVED, 3),
        ("update audit_entry set position = null where position = 3", Fault.REMOVED, 3),
        ("delete from audit_entry where position > 3", Fault.TRUNCATED, 4),
        ("update audit_checkpoint set hash = repeat('0', 64)", Fault.CHECKPOINT_FORGED, 6),
        (
            "drop index uq_audit_entry_position; insert into audit_entry (actor, action, subject, detail, position)"
            " values ('a', 'b', 'c', '{}', 3)",
            Fault.INSERTED,
            3,
        ),
        *(
            (
                "insert into audit_entry (actor, action, subject, detail, position)"  # noqa: S608 - constant text
                f" values ('a', 'b', 'c', '{{}}', {before_all})",
                Fault.INSERTED,
                before_all,
            )
            for before_all in (0, -5)
        ),
    ],
)
def test_tampering_in_the_database_is_found(
    trail: Engine, sealer: Sealer, keys: AuditKeys, statement: str, fault: Fault, place: int
) -> None:
    add(trail, 6)
    sealer.seal()
    tamper(trail, *statement.split("; "))
    found = verify(trail, keys).breaks
    assert [(each.fault, each.first) for each in found] == [(fault, place)]


@pytest.mark.parametrize(
    "statement",
    ["delete from audit_entry where position > 3", "update audit_entry set hash = 'x' where position = 6"],
)
def test_nothing_is_sealed_on_top_of_a_broken_end(trail: Engine, sealer: Sealer, statement: str) -> None:
    add(trail, 6)
    sealer.seal()
    tamper(trail, statement)
    add(trail, 1)
    with pytest.raises(ChainBrokenError, match="Nothing more is sealed"):
        sealer.seal()


def test_reading_in_batches_loses_and_repeats_nothing(
    trail: Engine, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(trail, 20)
    sealer.seal()
    tamper(
        trail,
        "drop index uq_audit_entry_position",
        "update audit_entry set position = 10 where position between 9 and 13",
    )
    monkeypatch.setattr(stored, "BATCH", 3)
    with trail.connect() as connection:
        assert len(list(stored.sealed_entries(connection))) == 20
        assert [each.position for each in stored.sealed_entries(connection, after=15)] == [16, 17, 18, 19, 20]


def test_verifying_is_quick(trail: Engine, sealer: Sealer, keys: AuditKeys, record_property: Any) -> None:
    with trail.begin() as connection:
        connection.execute(MANY, {"count": 20_000})
    while sealer.seal():
        pass
    began = time.perf_counter()
    assert verify(trail, keys).is_intact
    speed = 20_000 / (time.perf_counter() - began)
    record_property("entries_per_second", speed)
    print(f"{speed:,.0f} entries/s")  # noqa: T201 - seen with -s
    assert speed > 2_000
