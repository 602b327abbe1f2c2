"""The relay: sends what the outbox holds to Kafka, in order, and sends it again to a broker that lost its log.

One relay a service is active, by an advisory lock; it is woken by NOTIFY. A broker without the relay's marker topic has
lost its log (or is new): then all rows count as unpublished again. The rows are reset *before* the marker is made, so
no crash between the two can leave a broker with a marker and without the messages.
"""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
import structlog
from kafka import KafkaProducer
from kafka.errors import KafkaError, MessageSizeTooLargeError
from prometheus_client import Counter, Gauge

from service_kit import broker
from service_kit.settings import KafkaSettings

log = structlog.get_logger()
OLDEST_AT = Gauge(
    "outbox_oldest_unpublished_timestamp_seconds",
    "When the oldest outbox row that is not yet sent was written; 0: none",
)
SENT = Counter("outbox_sent_total", "Outbox rows sent")
LOCK = 7_305_110  # any number: advisory locks are per database, and each service has its own
BATCH = 500
FAILED_KEY_WAITS_SECONDS = 5.0
MARKER_CHECK_SECONDS = 1.0


class SendFailedError(Exception):
    """Some messages did not arrive; their keys wait, the producer is made anew."""


@dataclass(frozen=True)
class _Row:
    id: int
    topic: str
    key: str
    payload: str

    @property
    def ordering_key(self) -> str:
        return f"{self.topic}/{self.key}"


class Relay:
    """Runs in a thread of the worker until told to stop; survives the loss of database and broker."""

    def __init__(self, dsn: str, settings: KafkaSettings, service: str, topics: tuple[str, ...]) -> None:
        self._dsn = dsn
        self._settings = settings
        self._marker = f"relay-marker.{service}"
        self._topics = topics
        self._waiting: dict[str, float] = {}
        self.is_ready = False

    def run(self, stop: threading.Event) -> None:
        """Relay until `stop`; failures are logged and tried again."""
        while not stop.is_set():
            try:
                self._session(stop)
            except (psycopg.Error, KafkaError, SendFailedError, OSError) as error:
                log.warning("relay_interrupted", error=type(error).__name__, reason=str(error)[:200])
            self.is_ready = False
            stop.wait(0.5)

    def _session(self, stop: threading.Event) -> None:
        with psycopg.connect(self._dsn, autocommit=True, connect_timeout=3) as connection:
            if not _lock(connection):
                self.is_ready = True  # a standby is as it should be
                stop.wait(1.0)
                return
            connection.execute("LISTEN outbox")
            OLDEST_AT.set(_oldest_at(connection))
            admin = broker.admin(self._settings)
            try:
                self._relay(connection, admin, stop)
            finally:
                admin.close()

    def _relay(self, connection: psycopg.Connection[Any], admin: Any, stop: threading.Event) -> None:
        self._reset_if_log_lost(connection, admin)
        producer = broker.producer(self._settings)
        try:
            self.is_ready = True
            while not stop.is_set():
                if not self._send_batch(connection, producer):
                    # Generators are run to their end: leaving one early would leave the connection unusable.
                    list(connection.notifies(timeout=MARKER_CHECK_SECONDS, stop_after=1))
                self._reset_if_log_lost(connection, admin)
        finally:
            producer.close(timeout=1)

    def _reset_if_log_lost(self, connection: psycopg.Connection[Any], admin: Any) -> None:
        if self._marker in set(admin.list_topics()):
            return
        reset = connection.execute("update outbox set published_at = null where published_at is not null").rowcount
        log.warning("relay_broker_without_marker", rows_to_send_again=reset)
        broker.ensure_topics(admin, self._topics, self._settings, broker.PARTITIONS)
        broker.ensure_topics(admin, (self._marker,), self._settings, 1)

    def _send_batch(self, connection: psycopg.Connection[Any], producer: KafkaProducer) -> int:
        now = time.monotonic()
        self._waiting = {key: until for key, until in self._waiting.items() if until > now}
        rows = _unpublished(connection, list(self._waiting))
        sent, failed, refused = _send(rows, producer)
        # Where nothing arrived the broker is away, and no key is to blame for it.
        waiting = failed | refused if sent else refused
        self._waiting.update(dict.fromkeys(waiting, now + FAILED_KEY_WAITS_SECONDS))
        if sent:
            connection.execute("update outbox set published_at = now() where id = any(%s)", (sent,))
            SENT.inc(len(sent))
        OLDEST_AT.set(_oldest_at(connection))
        if failed:
            # An idempotent producer that lost a batch may refuse what follows it: a new one starts clean.
            raise SendFailedError(f"{len(rows) - len(sent)} of {len(rows)} messages did not arrive")
        return len(sent)


def _lock(connection: psycopg.Connection[Any]) -> bool:
    row = connection.execute("select pg_try_advisory_lock(%s)", (LOCK,)).fetchone()
    return bool(row and row[0])


def _unpublished(connection: psycopg.Connection[Any], waiting_keys: list[str]) -> list[_Row]:
    """The next rows in order, without those of keys that wait after a refusal."""
    found = connection.execute(
        "select id, topic, key, payload from outbox"
        " where published_at is null and not (topic || '/' || key = any(%s)) order by id limit %s",
        (waiting_keys, BATCH),
    )
    return [_Row(*row) for row in found.fetchall()]


def _send(rows: Sequence[_Row], producer: KafkaProducer) -> tuple[list[int], set[str], set[str]]:
    """Send rows in order: the ids that arrived, the keys with a loss, the keys that the client itself refused."""
    pending: list[tuple[_Row, Any]] = []
    refused: set[str] = set()
    for row in rows:
        if row.ordering_key in refused:
            continue
        try:
            pending.append((row, producer.send(row.topic, key=row.key.encode(), value=row.payload.encode())))
        except (MessageSizeTooLargeError, ValueError, AssertionError) as error:
            refused.add(row.ordering_key)
            log.error("relay_send_refused", outbox_id=row.id, error=type(error).__name__)
    if pending:
        producer.flush(timeout=15)
    arrived, failed = _outcome(pending)
    return arrived, failed, refused


def _outcome(pending: Sequence[tuple[_Row, Any]]) -> tuple[list[int], set[str]]:
    """The ids that arrived with nothing of their key lost before them, and the keys with a loss."""
    arrived: list[int] = []
    failed: set[str] = set()
    for row, future in pending:
        if not future.succeeded():
            failed.add(row.ordering_key)
        elif row.ordering_key not in failed:
            arrived.append(row.id)
    return arrived, failed


def _oldest_at(connection: psycopg.Connection[Any]) -> float:
    row = connection.execute(
        "select coalesce(extract(epoch from min(occurred_at)), 0) from outbox where published_at is null"
    ).fetchone()
    return float(row[0]) if row else 0.0
