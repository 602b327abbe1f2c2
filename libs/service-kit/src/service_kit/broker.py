"""Kafka clients with the house's settings, in one place: kafka-python's defaults would lose or skip messages."""

import time
from typing import Any

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.admin import NewTopic
from kafka.errors import KafkaTimeoutError, TopicAlreadyExistsError

from service_kit.settings import KafkaSettings

PARTITIONS = 3
PARTITIONS_SECONDS = 10.0
MAX_MESSAGE_BYTES = 8_388_608
# A cluster's own limit is 1 MiB and its retention a week; the limit counts the batch around the message as well.
TOPIC_CONFIGS = {"retention.ms": "-1", "max.message.bytes": str(MAX_MESSAGE_BYTES + 65_536)}


def producer(settings: KafkaSettings) -> KafkaProducer:
    """An idempotent producer that waits for all replicas and keeps order per key."""
    return KafkaProducer(
        **_common(settings),
        acks="all",
        enable_idempotence=True,
        linger_ms=5,
        batch_size=131_072,
        max_request_size=MAX_MESSAGE_BYTES,
        max_block_ms=5_000,
        request_timeout_ms=10_000,
        delivery_timeout_ms=15_000,
    )


def consumer(settings: KafkaSettings, group: str, topics: tuple[str, ...]) -> KafkaConsumer:
    """A group member that starts at the oldest message and commits only when told to; its topics must exist."""
    client = KafkaConsumer(
        **_common(settings),
        group_id=group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        session_timeout_ms=settings.session_timeout_ms,
        heartbeat_interval_ms=settings.session_timeout_ms // 4,
        metadata_max_age_ms=2_000,
        fetch_max_wait_ms=settings.fetch_max_wait_ms,
        max_poll_records=500,
        max_partition_fetch_bytes=MAX_MESSAGE_BYTES,
    )
    try:
        _wait_for_partitions(client, topics)
    except BaseException:
        client.close(autocommit=False, timeout_ms=1_000)
        raise
    client.subscribe(topics)
    return client


def _wait_for_partitions(client: KafkaConsumer, topics: tuple[str, ...]) -> None:
    """A topic that was made a moment ago has no partitions yet.

    A kafka-python client that joined its group just then could be left without an assignment for good: it hands out the
    partitions it does not know yet, which are none, and then takes those it has learnt of in between for handed out.
    """
    deadline = time.monotonic() + PARTITIONS_SECONDS
    while not all(map(client.partitions_for_topic, topics)):
        if time.monotonic() > deadline:
            raise KafkaTimeoutError(f"The partitions of {', '.join(topics)} did not appear.")
        time.sleep(0.05)


def admin(settings: KafkaSettings) -> KafkaAdminClient:
    """An admin client, for making topics and finding the marker."""
    return KafkaAdminClient(**_common(settings), request_timeout_ms=5_000)


def ensure_topics(client: KafkaAdminClient, topics: tuple[str, ...], settings: KafkaSettings, parts: int) -> None:
    """Make the topics that do not exist. They never expire, and take every message that the producer lets through."""
    present = set(client.list_topics())
    for topic in topics:
        if topic in present:
            continue
        wanted = NewTopic(topic, parts, settings.replication_factor, topic_configs=TOPIC_CONFIGS)
        try:
            client.create_topics([wanted])
        except TopicAlreadyExistsError:
            continue


def _common(settings: KafkaSettings) -> dict[str, Any]:
    common: dict[str, Any] = {
        "bootstrap_servers": settings.bootstrap.split(","),
        "security_protocol": settings.security_protocol,
        "bootstrap_timeout_ms": 5_000,  # the loops try again; its 30 seconds would hide the reason as long
        "reconnect_backoff_ms": 50,
        "reconnect_backoff_max_ms": 1_000,
    }
    if settings.ca_file is not None:
        common["ssl_cafile"] = str(settings.ca_file)
    if settings.sasl_mechanism is not None:
        common["sasl_mechanism"] = settings.sasl_mechanism
        common["sasl_plain_username"] = settings.sasl_username
        common["sasl_plain_password"] = settings.sasl_password.get_secret_value() if settings.sasl_password else None
    return common
