"""Each process in turn gets SIGKILL in the middle of 500 submissions: nothing is lost, doubled or different."""

import csv
import io
import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from local_stack.demo_client import ApiClient
from local_stack.stack import Stack
from tests.support.embedded import wait_until
from tests.support.gateway import Api, T, open_cycle
from tests.support.ledger import Ledger

pytestmark = [pytest.mark.drill, pytest.mark.timeout(900)]
SUBMISSIONS = 500
CYCLES = 3
VICTIMS = [
    "postgres", "broker", "issuer", "gateway",
    "framework-api", "framework-worker", "submission-api", "submission-worker",
    "scoring-api", "scoring-worker", "reporting-api", "reporting-worker",
]  # fmt: skip


@pytest.fixture(scope="module")
def members(stack: Stack) -> list[str]:
    """Codes of the WCO members."""
    api = Api(stack)
    register = api.do("GET", "/api/v1/populations/wco-members")
    api.close()
    return [row["code"] for row in register["administrations"]]


@pytest.fixture
def client(stack: Stack) -> Iterator[ApiClient]:
    """A client that waits and sends again, as any national system should."""
    client = ApiClient(stack.url, stack.token)
    yield client
    client.close()


def table(members: list[str], seed: int) -> bytes:
    """Answers of all the members, with some of them missing."""
    generator = random.Random(seed)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["administration", "code", "year", "value"])
    for member in members:
        every = {"ALL": generator.randint(1, 9_000), "DONE": generator.randint(0, 5_000),
                 "HOURS": generator.random() * 12, "SEIZURES": generator.randint(0, 400)}  # fmt: skip
        for code in list(every)[: generator.choice([4, 4, 4, 3, 2])]:
            writer.writerow([member, code, T, repr(every[code])])
    return text.getvalue().encode()


def prepare(api: Api, name: str, members: list[str]) -> list[tuple[str, str]]:
    """Open the cycles and push all answers; returns 500 (cycle, administration)."""
    pairs: list[tuple[str, str]] = []
    for number in range(CYCLES):
        cycle = open_cycle(api, f"kill-{name}-{number}")
        taking_part = members[: min(len(members), SUBMISSIONS - len(pairs))]
        headers = {"content-type": "text/csv"}
        api.do("POST", f"/api/v1/cycles/{cycle}/answers", "loader", content=table(taking_part, number), headers=headers)
        pairs += [(cycle, member) for member in taking_part]
    assert len(pairs) == SUBMISSIONS
    return pairs


@pytest.mark.parametrize("victim", VICTIMS)
def test_nothing_is_lost_when_a_process_is_killed(
    stack: Stack, client: ApiClient, members: list[str], victim: str
) -> None:
    api = Api(stack)
    pairs = prepare(api, victim, members)
    half_way, counted = threading.Event(), iter(range(SUBMISSIONS))

    def take_part(pair: tuple[str, str]) -> None:
        cycle, member = pair
        path = f"/api/v1/cycles/{cycle}/submissions/{member}"
        client.send("loader", "POST", f"{path}/submit")
        client.send("loader", "POST", f"{path}/accept")
        if next(counted) == SUBMISSIONS // 3:
            half_way.set()

    with ThreadPoolExecutor(max_workers=4) as pool:
        done = [pool.submit(take_part, pair) for pair in pairs]
        assert half_way.wait(timeout=120)
        renamed = rename_one(client, victim)
        stack.kill(victim)
        for future in done:
            future.result(timeout=300)
    stack.wait_ready()
    check(Ledger(stack), {cycle for cycle, _ in pairs}, pairs)
    wait_until(lambda: Ledger(stack).register_name("wco-members", renamed) == {f"Renamed for {victim}"}, seconds=60)
    api.close()


def rename_one(client: ApiClient, victim: str) -> str:
    """Change a name in the register just before the kill, so that framework-svc too has something under way."""
    read = client.send("secretariat", "GET", "/api/v1/populations/wco-members")
    body = read.json()
    body["administrations"][0]["name"] = f"Renamed for {victim}"
    client.send("secretariat", "PUT", "/api/v1/populations/wco-members", body, {"If-Match": read.headers["etag"]})
    return str(body["administrations"][0]["code"])


def check(ledger: Ledger, cycles: set[str], pairs: list[tuple[str, str]]) -> None:
    """Every accepted submission is scored once, as computed offline, and nothing waits."""
    for cycle in sorted(cycles):
        wanted = {member for of, member in pairs if of == cycle}
        wait_until(partial(_is_known, ledger, cycle, wanted), seconds=120)
        assert ledger.accepted(cycle) == wanted
        assert ledger.cards(cycle) == ledger.offline_cards(cycle)
        assert ledger.updates(cycle) == dict.fromkeys(wanted, 1)
        assert ledger.reported_cards(cycle) == ledger.cards(cycle)
        assert ledger.outside_updates(cycle) == dict.fromkeys(wanted, 1)  # nothing is disclosed: the restricted level
    wait_until(lambda: set(ledger.waiting().values()) == {0}, seconds=60)
    assert ledger.parked() == {service: [] for service in ledger.parked()}


def _is_known(ledger: Ledger, cycle: str, wanted: set[str]) -> bool:
    return set(ledger.cards(cycle)) == wanted and ledger.reported(cycle) == wanted


def test_stopping_and_starting_loses_nothing(stack: Stack, members: list[str]) -> None:
    api = Api(stack)
    cycle = open_cycle(api, "stopped")
    few = members[:20]
    headers = {"content-type": "text/csv"}
    api.do("POST", f"/api/v1/cycles/{cycle}/answers", "loader", content=table(few, 7), headers=headers)
    for member in few:
        api.do("POST", f"/api/v1/cycles/{cycle}/submissions/{member}/submit", "loader")
        api.do("POST", f"/api/v1/cycles/{cycle}/submissions/{member}/accept", "loader")
    stack.stop()
    stack.start()
    stack.wait_ready()
    check(Ledger(stack), {cycle}, [(cycle, member) for member in few])
    api.close()


def test_the_runner_killed_loses_nothing(stack: Stack, members: list[str]) -> None:
    api = Api(stack)
    cycle = open_cycle(api, "runner-killed")
    few = members[:20]
    headers = {"content-type": "text/csv"}
    api.do("POST", f"/api/v1/cycles/{cycle}/answers", "loader", content=table(few, 8), headers=headers)
    for member in few:
        api.do("POST", f"/api/v1/cycles/{cycle}/submissions/{member}/submit", "loader")
        api.do("POST", f"/api/v1/cycles/{cycle}/submissions/{member}/accept", "loader")
    stack.kill_runner()
    stack.start()
    stack.wait_ready()
    check(Ledger(stack), {cycle}, [(cycle, member) for member in few])
    api.close()
