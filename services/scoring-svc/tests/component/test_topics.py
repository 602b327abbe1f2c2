"""From topic to topic: what the worker does when an accepted submission arrives over the real broker."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import SecretStr

from scoring_svc.application.contract import documents
from scoring_svc.bootstrap.worker import loops
from scoring_svc.settings import Settings
from service_kit import broker
from service_kit.settings import KafkaSettings
from tests.support.embedded import Embedded, wait_until


@pytest.fixture
def kafka(embedded_broker: Embedded, monkeypatch: pytest.MonkeyPatch) -> KafkaSettings:
    """The way to the broker, as the worker finds it in its environment."""
    monkeypatch.setenv("OPENPMM_KAFKA_BOOTSTRAP", embedded_broker.settings.bootstrap)
    monkeypatch.setenv("OPENPMM_KAFKA_SESSION_TIMEOUT_MS", "3000")
    return KafkaSettings()


@pytest.fixture
def worker(scoring: Any, engines: None, migrated_url: str, kafka: KafkaSettings) -> Iterator[None]:
    """The loops of the worker, running."""
    settings = Settings(database_url=SecretStr(migrated_url), token_issuer="https://i.test", jwks_url="https://i.test")
    stop = threading.Event()
    running = loops(settings)
    threads = [threading.Thread(target=loop.run, args=(stop,), daemon=True) for loop in running]
    for thread in threads:
        thread.start()
    wait_until(lambda: all(loop.is_ready for loop in running))
    yield
    stop.set()
    for thread in threads:
        thread.join(10)


def test_an_acceptance_becomes_a_score_on_the_topic(
    scoring: Any, build: Any, worker: None, kafka: KafkaSettings
) -> None:
    document = build.framework()
    cycle = build.round(document)
    accepted = cycle.of("AAA", 80, 60, None, status="accepted", claims=[{"kpi": "K3", "state": "opted_out"}])
    sent = [
        ("submission", accepted.event),
        ("submission", accepted.event),
        ("framework", build.register({"AAA": "R1"})),
        ("framework", build.published(document)),
        ("submission", cycle.status("closed")),
    ]
    producer = broker.producer(kafka)
    for topic, event in sent:
        producer.send(topic, key=event.type.encode(), value=event.model_dump_json().encode())
    producer.flush(10)
    producer.close()
    received = _received(kafka, "score", 2)
    assert {event["type"] for event in received} == {"score.updated.v1", "cycle.scored.v1"}
    for event in received:
        schema = json.loads(documents()[f"{event['type']}.schema.json"])
        assert list(Draft202012Validator(schema).iter_errors(event)) == []
    wait_until(lambda: scoring.one("select count(*) from outbox where published_at is null") == 0)
    assert scoring.one("select count(*) from outbox") == 2


def _received(kafka: KafkaSettings, topic: str, number: int) -> list[dict[str, Any]]:
    """The first messages of a topic that nobody else writes to."""
    consumer = broker.consumer(kafka, "the-test", (topic,))
    received: list[dict[str, Any]] = []

    def poll() -> bool:
        for records in consumer.poll(timeout_ms=200).values():
            received.extend(json.loads(record.value) for record in records)
        return len(received) >= number

    wait_until(poll)
    consumer.close()
    return received
