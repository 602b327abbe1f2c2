"""Apache Kafka gets SIGKILL in the middle of 100 submissions, under a whole stack that reaches it by SASL and TLS."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from local_stack.demo_client import ApiClient
from local_stack.stack import Stack, running_stack
from tests.drills.test_kills import check, table
from tests.kafka.apache_kafka import ApacheKafka
from tests.support.gateway import Api, open_cycle
from tests.support.ledger import Ledger

SUBMISSIONS = 100
CYCLE = "broker-killed"


@pytest.fixture(scope="module")
def stack(apache_kafka: ApacheKafka) -> Iterator[Stack]:
    """The whole stack with an external broker."""
    environment = {"OPENPMM_RATE_LIMIT_PER_SECOND": "5000", **apache_kafka.environment("SASL_SSL", "SCRAM-SHA-512")}
    with running_stack(environment=environment) as stack:
        yield stack


@pytest.fixture
def members(stack: Stack) -> list[str]:
    """Members of a cycle that is open and has all their answers."""
    api = Api(stack)
    register = api.do("GET", "/api/v1/populations/wco-members")
    members = [row["code"] for row in register["administrations"]][:SUBMISSIONS]
    path = f"/api/v1/cycles/{open_cycle(api, CYCLE)}/answers"
    api.do("POST", path, "loader", content=table(members, 1), headers={"content-type": "text/csv"})
    api.close()
    return members


def test_everything_is_scored_once_when_the_broker_is_killed(
    stack: Stack, apache_kafka: ApacheKafka, members: list[str]
) -> None:
    client = ApiClient(stack.url, stack.token)
    half_way, counted = threading.Event(), iter(range(SUBMISSIONS))

    def take_part(member: str) -> None:
        path = f"/api/v1/cycles/{CYCLE}/submissions/{member}"
        client.send("loader", "POST", f"{path}/submit")
        client.send("loader", "POST", f"{path}/accept")
        if next(counted) == SUBMISSIONS // 3:
            half_way.set()

    with ThreadPoolExecutor(max_workers=2) as pool:
        done = [pool.submit(take_part, member) for member in members]
        assert half_way.wait(timeout=60)
        apache_kafka.kill("broker")
        for future in done:
            future.result(timeout=120)
    stack.wait_ready()
    ledger = Ledger(stack)
    check(ledger, {CYCLE}, [(CYCLE, member) for member in members])
    assert len(ledger.cards(CYCLE)) == SUBMISSIONS
    client.close()
