"""What sets Apache Kafka apart from the embedded broker: a log that survives, and limits of its own."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from uuid import uuid4

import pytest
from kafka.admin import ConfigResource, ConfigResourceType
from sqlalchemy import MetaData

from service_kit import broker
from service_kit.consumer import Consumer, Subscription
from service_kit.database import UnitOfWork
from service_kit.settings import KafkaSettings
from tests.kafka.apache_kafka import ApacheKafka
from tests.support.embedded import wait_until


@pytest.fixture
def settings(apache_kafka: ApacheKafka) -> KafkaSettings:
    """The way to the node."""
    return KafkaSettings(bootstrap=apache_kafka.settings.bootstrap)


def test_the_log_survives_a_kill(apache_kafka: ApacheKafka, settings: KafkaSettings) -> None:
    topic = f"kept-{uuid4().hex[:8]}"
    producer = broker.producer(settings)
    for number in range(20):
        producer.send(topic, key=b"k", value=str(number).encode())
    producer.flush(timeout=10)
    producer.close(timeout=2)
    apache_kafka.kill("broker")
    consumer = broker.consumer(settings, f"group-{topic}", (topic,))
    found: list[int] = []
    while len(found) < 20:
        for records in consumer.poll(timeout_ms=500).values():
            found += [int(record.value) for record in records]
    consumer.close()
    assert found == list(range(20))


def test_topics_keep_everything_and_take_what_the_producer_lets_through(settings: KafkaSettings) -> None:
    topic = f"made-{uuid4().hex[:8]}"
    client = broker.admin(settings)
    broker.ensure_topics(client, (topic,), settings, broker.PARTITIONS)
    broker.ensure_topics(client, (topic,), settings, broker.PARTITIONS)  # a second time changes nothing
    (described,) = client.describe_topics([topic])
    resource = ConfigResource(ConfigResourceType.TOPIC, topic, None)
    configs = client.describe_configs([resource])["topic"][topic]
    client.close()
    assert len(described["partitions"]) == broker.PARTITIONS
    assert int(configs["retention.ms"]["value"]) == -1
    assert int(configs["max.message.bytes"]["value"]) > broker.MAX_MESSAGE_BYTES


def test_many_consumers_of_new_topics_all_get_their_partitions(settings: KafkaSettings) -> None:
    """All workers of a stack start at once on an empty cluster, and make the same topics."""
    topics = [f"new-{uuid4().hex[:8]}" for _ in range(3)]
    with ExitStack() as consumers:
        loops = [consumers.enter_context(consuming(topic, settings)) for topic in topics * 2]
        wait_until(lambda: all(loop.is_ready for loop in loops), seconds=20)


@contextmanager
def consuming(topic: str, settings: KafkaSettings) -> Iterator[Consumer[UnitOfWork]]:
    """A consumer in a thread, in a group of its own, of a topic that nobody sends to."""

    def unit_of_work() -> UnitOfWork:
        raise AssertionError("there is nothing to handle")

    subscription = Subscription(f"group-{uuid4().hex[:8]}", (topic,), unit_of_work, MetaData(), lambda *_: None)
    consumer, stop = Consumer(subscription, settings), threading.Event()
    thread = threading.Thread(target=consumer.run, args=(stop,), daemon=True)
    thread.start()
    try:
        yield consumer
    finally:
        stop.set()
        thread.join(timeout=10)
