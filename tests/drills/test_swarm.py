"""Many systems of members work at once, with cut connections and bad data: nothing is lost, doubled, mixed or shown."""

import queue
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from local_stack.stack import Stack
from tests.support.access_log import answers, server_errors
from tests.support.embedded import wait_until
from tests.support.gateway import Api, open_cycle
from tests.support.ledger import Ledger
from tests.support.replay import Replayed
from tests.support.seeds import again, drawing
from tests.support.swarm import Figures, Member
from tests.support.watching import Reader, Subscriber

pytestmark = [pytest.mark.drill, pytest.mark.timeout(400)]
CYCLE = "swarm"
MEMBERS = 60
STEPS = 10  # of the systems of a member, and as many of its people
WORKERS = 16
# Whose figures may never reach these readers, whatever happens.
HIDDEN_FROM = {
    None: {"closed", "wco"},
    "integrator-public": {"closed", "wco"},
    "system-fra": {"closed", "wco"},
    "integrator-wco": {"closed"},
    "contact-fra": {"closed"},
    "office-eur": {"closed"},
    "secretariat": set(),
}


@dataclass
class Swarm:
    """What has happened, for the tests to look at."""

    api: Api
    ledger: Ledger
    members: dict[str, Member]
    figures: Figures
    readers: list[Reader]
    subscribers: dict[str | None, Subscriber]
    replayed: dict[str, Replayed]


@pytest.fixture(scope="module")
def swarm(stack: Stack) -> Iterator[Swarm]:
    """All of it, once."""
    api, figures = Api(stack), Figures()
    codes = [row["code"] for row in api.do("GET", "/api/v1/populations/wco-members")["administrations"]]
    codes = drawing("members").sample([code for code in codes if code != "FRA"], MEMBERS)
    kinds = ["closed", "wco", "public"]
    cycle = open_cycle(api, CYCLE)
    members = {
        code: Member(api, stack.url, cycle, code, kinds[number % 3], figures, drawing("member", code))
        for number, code in enumerate(codes)
    }
    regions = [row["code"] for row in api.do("GET", "/api/v1/populations/wco-members")["regions"]]
    readers = [Reader(api, persona, cycle, codes, regions, drawing("reader", persona)) for persona in HIDDEN_FROM]
    subscribers = {
        persona: Subscriber(stack.url, api.token(persona) if persona else None, cycle, drawing("stream", persona))
        for persona in HIDDEN_FROM
    }
    stop = threading.Event()
    with ThreadPoolExecutor(len(readers) + len(subscribers)) as watching:
        runs = [*(each.run for each in readers), *(each.run for each in subscribers.values())]
        watched = [watching.submit(run, stop) for run in runs]
        try:
            work(list(members.values()))
            settle(members)
            ledger = Ledger(stack)
            wait_until(lambda: ledger.not_arrived(cycle) == [], 60, otherwise=lambda: ledger.not_arrived(cycle))
            for persona, subscriber in subscribers.items():
                wait_until(partial(has_all, api, persona, subscriber), seconds=30)
        finally:
            stop.set()
        for each in watched:
            each.result(timeout=60)
    replayed = replay(ledger, members)
    yield Swarm(api, ledger, members, figures, readers, subscribers, replayed)
    api.close()


def work(members: list[Member]) -> None:
    """Systems and people of all members take turns in random order, many at the same moment."""
    turns: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
    order = [step for member in members for step in [member.system_step, member.people_step] * STEPS]
    drawing("order").shuffle(order)
    for step in order:
        turns.put(step)

    def worker() -> None:
        while True:
            try:
                step = turns.get_nowait()
            except queue.Empty:
                return
            step()

    with ThreadPoolExecutor(WORKERS) as pool:
        for done in [pool.submit(worker) for _ in range(WORKERS)]:
            done.result(timeout=200)


def settle(members: dict[str, Member]) -> None:
    """Two thirds of them come to acceptance in the end; the others stay where they are."""
    chosen = drawing("settled").sample(list(members.values()), MEMBERS * 2 // 3)
    with ThreadPoolExecutor(WORKERS) as pool:
        for done in [pool.submit(member.settle) for member in chosen]:
            done.result(timeout=120)


def has_all(api: Api, persona: str | None, subscriber: Subscriber) -> bool:
    """Whether the stream has brought all events that the log holds for its reader."""
    return set(logged(api, persona)) <= set(subscriber.ids)


def logged(api: Api, persona: str | None) -> list[str]:
    """The ids of all events of the cycle that the persona gets, page after page."""
    ids: list[str] = []
    after = "0"
    while True:
        page = api.do("GET", f"/api/v1/events?cycle={CYCLE}&limit=500&after={after}", persona)
        ids += [event["id"] for event in page["items"]]
        if not page["items"]:
            return ids
        after = page["next"]


def replay(ledger: Ledger, members: dict[str, Member]) -> dict[str, Replayed]:
    """What the rules say of every member, from the order in which things happened."""
    found = {}
    for code, entries in ledger.trail(CYCLE).items():
        bodies = {push.digest: push.rows for push in members[code].pushes}
        found[code] = Replayed()
        for entry in entries:
            found[code].apply(entry, bodies)
    return found


def test_every_content_is_what_the_rules_say(swarm: Swarm) -> None:
    for code, member in swarm.replayed.items():
        read = swarm.api.do("GET", f"/api/v1/cycles/{CYCLE}/submissions/{code}", "secretariat")
        assert as_replayed(read) == member.as_read(), f"{code}; {again()}"


def as_replayed(read: dict[str, Any]) -> dict[str, Any]:
    """A submission as it is read, in the form of the model."""
    return {
        "status": read["status"],
        "revision": read["revision"],
        "answers": {(row["code"], row["year"]): [row["value"], row["comment"]] for row in read["answers"]},
        "claims": {row["code"]: [row["state"], row["reason"]] for row in read["claims"]},
        "disclosure": read["disclosure"],
    }


def test_a_push_took_effect_once_if_it_was_taken_and_not_at_all_if_it_was_refused(swarm: Swarm) -> None:
    trail = swarm.ledger.trail(CYCLE)
    answered: Counter[int] = Counter()
    for code, member in swarm.members.items():
        done = Counter(entry.detail.get("body_digest") for entry in trail.get(code, []))
        for push in member.pushes:
            answered[push.answer.status_code] += 1
            assert push.answer.status_code in ((200, 409) if push.is_good else (400, 409, 422)), push.answer.text
            assert done[push.digest] == push.answer.is_success, f"{code}: {push.answer.text}; {again()}"
    assert answered[200] > 200 < answered[409] + answered[422], answered


def test_a_push_is_answered_with_what_it_did(swarm: Swarm) -> None:
    for code, entries in swarm.ledger.trail(CYCLE).items():
        told = {push.digest: push.answer.json() for push in swarm.members[code].pushes if push.answer.is_success}
        for entry in entries:
            if entry.action == "answers.pushed":
                answer = told[entry.detail["body_digest"]]
                assert {name: answer[name] for name in ("created", "updated", "removed")} == {
                    name: entry.detail[name] for name in ("created", "updated", "removed")
                }


def test_what_was_answered_before_something_was_sent_came_before_it(swarm: Swarm) -> None:
    for code, entries in swarm.ledger.trail(CYCLE).items():
        place = {entry.detail.get("body_digest"): number for number, entry in enumerate(entries)}
        taken = [push for push in swarm.members[code].pushes if push.answer.is_success]
        for earlier in taken:
            for later in taken:
                if earlier.ended < later.began:
                    assert place[earlier.digest] < place[later.digest], f"{code}; {again()}"


def test_nobody_was_refused_but_for_the_state_of_the_submission(swarm: Swarm) -> None:
    assert [refusal for member in swarm.members.values() for refusal in member.refused] == []


def test_every_accepted_submission_has_one_score_and_it_is_the_engines(swarm: Swarm) -> None:
    accepted = {code for code, member in swarm.replayed.items() if member.status == "accepted"}
    assert len(accepted) >= MEMBERS // 2
    assert swarm.ledger.accepted(CYCLE) == accepted
    assert swarm.ledger.cards(CYCLE) == swarm.ledger.offline_cards(CYCLE)
    assert set(swarm.ledger.cards(CYCLE)) == accepted
    assert set(swarm.ledger.updates_of_revisions(CYCLE).values()) == {1}
    said = swarm.ledger.said_last(CYCLE)
    assert {code for code, kind in said.items() if kind == "score.updated.v1"} == accepted


def test_nothing_waits_and_nothing_was_given_up(swarm: Swarm) -> None:
    assert set(swarm.ledger.waiting().values()) == {0}
    assert swarm.ledger.parked() == {service: [] for service in swarm.ledger.parked()}


def test_nothing_failed(stack: Stack, swarm: Swarm) -> None:
    assert server_errors(stack) == [], again()
    assert sum(row["status"] == 0 for row in answers(stack)) > 50  # connections that their client cut
    assert "deadlock detected" not in stack.folders.log("postgres").read_text(encoding="utf-8", errors="replace")


def test_nobody_saw_what_he_may_not(swarm: Swarm) -> None:
    ever_accepted = {figure for member in swarm.replayed.values() for figure in member.accepted_figures}
    kind = {figure: swarm.members[owner].openness for figure, owner in swarm.figures.owners.items()}
    watchers = [(each.persona, each.seen) for each in swarm.readers]
    watchers += [(persona, each.seen) for persona, each in swarm.subscribers.items()]
    for persona, seen in watchers:
        ours = seen & kind.keys()
        assert {figure for figure in ours if kind[figure] in HIDDEN_FROM[persona]} == set(), f"{persona}; {again()}"
        if persona != "secretariat":
            assert ours <= ever_accepted, f"{persona} saw what was never accepted; {again()}"
    shown = {persona: {kind[figure] for figure in seen & kind.keys()} for persona, seen in watchers}
    assert (shown[None], shown["integrator-wco"]) == ({"public"}, {"public", "wco"})
    assert shown["secretariat"] == {"public", "wco", "closed"}


def test_every_stream_brought_all_events_once_and_in_order(swarm: Swarm) -> None:
    """Beside what the log still holds it may have brought what was taken back since."""
    for persona, subscriber in swarm.subscribers.items():
        assert len(set(subscriber.ids)) == len(subscriber.ids), f"{persona}; {again()}"
        held = logged(swarm.api, persona)
        assert [event for event in subscriber.ids if event in set(held)] == held, f"{persona}; {again()}"
    assert sum(each.reconnections for each in swarm.subscribers.values()) > len(swarm.subscribers)
