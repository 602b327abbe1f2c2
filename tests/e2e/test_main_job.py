"""The main job through the gateway: catalogue, cycle, push, submit, accept, score, event, page."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from local_stack.stack import Stack
from tests.support.gateway import Api, accept, answers, disclose, open_cycle, push, submit, wait_for_score


@contextmanager
def streaming(api: Api, stack: Stack, persona: str | None, path: str, last: str | None = None) -> Iterator[Any]:
    """The events of a stream as (id, document) pairs."""
    headers = {"authorization": f"Bearer {api.token(persona)}"} if persona else {}
    headers |= {"last-event-id": last} if last else {}
    with httpx.stream("GET", f"{stack.url}{path}", headers=headers, timeout=30) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        yield _events(response.iter_lines())


def _events(lines: Iterator[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    position, data = "", ""
    for line in lines:
        name, _, value = line.partition(": ")
        if name == "id":
            position = value
        elif name == "data":
            data = value
        elif line == "" and data:
            yield position, json.loads(data)
            data = ""


def nodes(document: Any) -> dict[str, dict[str, Any]]:
    """Nodes of a summary or explanation by code."""
    return {node["code"]: node for node in document["nodes"]}


def test_from_push_to_page(api: Api, stack: Stack) -> None:
    cycle = open_cycle(api, "main-job")
    with streaming(api, stack, "secretariat", f"/api/v1/events/stream?cycle={cycle}") as events:
        pushed = push(api, cycle, "KEN")
        assert (pushed["received"], pushed["created"], pushed["unchanged"]) == (4, 4, 0)
        again = push(api, cycle, "KEN")
        assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 4)
        disclose(api, cycle, "KEN", "wco", SHARE="public")
        submit(api, cycle, "KEN")
        preview = api.eventually(f"/api/v1/scores/{cycle}/KEN/preview", "contact-ken", lambda a: a.status_code == 200)
        assert nodes(preview.json())["OVERALL"]["score"] == 67.5
        accept(api, cycle, "KEN")
        summary = wait_for_score(api, cycle, "KEN")
        # SHARE 80, TIME 50 -> D1 65; YIELD 7 per cent of goalposts 0..10 -> 70; overall (65 + 70) / 2
        assert {code: nodes(summary)[code]["score"] for code in ("SHARE", "TIME", "D1", "YIELD", "D2", "OVERALL")} == {
            "SHARE": 80, "TIME": 50, "D1": 65, "YIELD": 70, "D2": 70, "OVERALL": 67.5
        }  # fmt: skip
        assert nodes(summary)["CONTEXT"]["score"] is None
        for _, event in events:
            if event["type"] == "score.updated.v1":
                break
        assert event["data"]["administration"] == "KEN"
        assert event["data"]["score"] == 67.5
    explanation = api.do("GET", f"/api/v1/scores/{cycle}/KEN/explanation", "contact-ken")
    share = nodes(explanation)["SHARE"]
    assert (share["value"], [used["value"] for used in share["inputs"]]) == (80, [80, 100])
    page = api.eventually(
        f"/cycles/{cycle}/administrations/KEN",
        None,
        lambda answer: answer.status_code == 200 and "Share done" in answer.text,
    )
    assert "Test framework" in page.text
    assert "not affiliated with" in page.text


def test_the_stream_goes_on_after_a_break_without_gap_or_repetition(api: Api, stack: Stack) -> None:
    cycle = open_cycle(api, "resumed")
    path = f"/api/v1/events/stream?cycle={cycle}"
    members = ["FRA", "DEU", "ITA", "ESP"]
    for member in members:
        push(api, cycle, member)
        submit(api, cycle, member)
    seen: list[str] = []
    last = None
    for member in members:
        accept(api, cycle, member)
        with streaming(api, stack, "secretariat", path, last) as events:
            for position, event in events:
                last = position
                if event["type"] == "score.updated.v1":
                    seen.append(event["data"]["administration"])
                    break
    assert seen == members


def test_four_states_stay_four_things(api: Api) -> None:
    cycle = open_cycle(api, "four-states")
    rows = {
        "MAR": [{"code": "SEIZURES", "year": 2024, "value": 0}, {"code": "ALL", "year": 2024, "value": 50}],
        "TUN": [{"code": "ALL", "year": 2024, "value": 50}, {"code": "SEIZURES", "year": 2024, "state": "missing"}],
        "EGY": [*answers(), {"code": "YIELD", "state": "not_applicable", "reason": "No such seizures are made here."}],
        "JOR": [*answers(), {"code": "YIELD", "state": "opted_out", "reason": "National specificities."}],
    }
    for member, pushed in rows.items():
        push(api, cycle, member, pushed)
        submit(api, cycle, member)
        accept(api, cycle, member)
    found = {member: nodes(wait_for_score(api, cycle, member)) for member in rows}
    assert (found["MAR"]["YIELD"]["state"], found["MAR"]["YIELD"]["score"]) == ("scored", 0)
    assert [found[member]["YIELD"]["state"] for member in ("TUN", "EGY", "JOR")] == [
        "missing", "not_applicable", "opted_out"
    ]  # fmt: skip
    assert all(found[member]["YIELD"]["score"] is None for member in ("TUN", "EGY", "JOR"))
    assert found["EGY"]["OVERALL"]["coverage"] == 1
    assert found["JOR"]["OVERALL"]["coverage"] < 1


def test_a_withdrawn_submission_loses_its_score(api: Api, stack: Stack) -> None:
    cycle = open_cycle(api, "withdrawn")
    push(api, cycle, "NLD")
    submit(api, cycle, "NLD")
    accept(api, cycle, "NLD")
    wait_for_score(api, cycle, "NLD")
    api.do("POST", f"/api/v1/cycles/{cycle}/submissions/NLD/withdraw", "contact-nld")
    api.eventually(f"/api/v1/scores/{cycle}/NLD", "secretariat", lambda answer: answer.status_code == 404)
    told_until_retracted(api, stack, cycle)  # may have begun before the reports knew; a reader after it is a late one
    # What was taken back is not told to a late reader either.
    assert "score.updated.v1" not in told_until_retracted(api, stack, cycle)


def told_until_retracted(api: Api, stack: Stack, cycle: str) -> list[str]:
    """The types of events from the cycle's beginning to a retraction."""
    types: list[str] = []
    with streaming(api, stack, "secretariat", f"/api/v1/events/stream?cycle={cycle}&after=0") as events:
        for _, event in events:
            types.append(event["type"])
            if event["type"] == "score.retracted.v1":
                break
    return types


def test_a_rehearsal_is_scored_but_never_reported(api: Api) -> None:
    cycle = open_cycle(api, "rehearsed", is_rehearsal=True)
    push(api, cycle, "BEL")
    disclose(api, cycle, "BEL", "public")
    submit(api, cycle, "BEL")
    accept(api, cycle, "BEL")
    api.eventually(f"/api/v1/scores/{cycle}/BEL", "contact-bel", lambda answer: answer.status_code == 200)
    assert api.call("GET", f"/api/v1/scores/{cycle}/BEL", None).status_code == 404
    assert api.call("GET", f"/api/v1/reports/{cycle}/participation", "secretariat").status_code == 404
    assert cycle not in api.call("GET", "/", None).text


def test_csv_is_as_good_as_json(api: Api) -> None:
    cycle = open_cycle(api, "by-csv")
    body = "code,year,value,state,reason,comment\n" + "".join(
        f"{row['code']},{row['year']},{row['value']},,,\n" for row in answers()
    )
    path = f"/api/v1/cycles/{cycle}/submissions/PRT/answers"
    done = api.do("POST", path, "system-prt", content="\ufeff" + body, headers={"content-type": "text/csv"})
    assert done["created"] == 4


@pytest.mark.parametrize("key", ["first-try", "second"])
def test_the_same_key_gives_the_same_answer(api: Api, key: str) -> None:
    cycle = open_cycle(api, f"idempotent-{key}")
    path, headers = f"/api/v1/cycles/{cycle}/submissions/AUT/answers", {"idempotency-key": f"{cycle}-{key}"}
    first = api.call("POST", path, "system-aut", json={"answers": answers()}, headers=headers)
    second = api.call("POST", path, "system-aut", json={"answers": answers()}, headers=headers)
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert second.headers["idempotency-replayed"] == "true"
    other = api.call("POST", path, "system-aut", json={"answers": answers(a=1)}, headers=headers)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency.key_reused")
