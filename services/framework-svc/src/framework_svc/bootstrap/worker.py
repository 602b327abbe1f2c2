"""Builds what the worker of framework-svc runs."""

from framework_svc.settings import NAME, Settings
from service_kit.relay import Relay
from service_kit.settings import KafkaSettings
from service_kit.worker import Loop

TOPICS = ("framework",)


def loops(settings: Settings) -> list[Loop]:
    """What the worker runs: the relay."""
    return [Relay(settings.plain_dsn(), KafkaSettings(), NAME, TOPICS)]
