"""One stack for all end-to-end tests: everything real, on free ports."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from local_stack.stack import Stack, running_stack
from tests.kafka.apache_kafka import is_wanted, running_node
from tests.support.gateway import Api


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Settings of the stack: the rate limit is out of the way, and Apache Kafka is the broker where it is wanted.

    The node is the stack's own, because what other tests have left in the topics would be news to the stack.
    """
    environment = {"OPENPMM_RATE_LIMIT_PER_SECOND": "5000"}
    with ExitStack() as nodes:
        if is_wanted():
            node = nodes.enter_context(running_node(tmp_path_factory.mktemp("apache-kafka")))
            environment["OPENPMM_KAFKA_BOOTSTRAP"] = node.settings.bootstrap
        yield environment


@pytest.fixture(scope="session")
def stack(environment: dict[str, str]) -> Iterator[Stack]:
    """The whole stack without demo data."""
    with running_stack(environment=environment) as stack:
        yield stack


@pytest.fixture(scope="session")
def api(stack: Stack) -> Iterator[Api]:
    """The API through the gateway."""
    api = Api(stack)
    yield api
    api.close()
