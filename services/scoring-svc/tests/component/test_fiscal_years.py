"""KPIs made of a figure of a fiscal year are flagged wherever their scores are shown, and with what is in force."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from scoring_svc.application.queries.offline import differences
from scoring_svc.entrypoints.http.schemas import AdministrationScores, ExplanationRead, ProjectedScores

PERIOD = "2023-07-01/2024-06-30"
FISCAL = [{"input": "I1", "year": 2024, "value": 80.0, "period": PERIOD}]
PLAIN = [{"input": "I1", "year": 2024, "value": 80.0, "period": None}]
ACCEPTED = {"answers": FISCAL, "claims": []}


def flags(nodes: list[dict[str, Any]]) -> dict[str, list[str]]:
    """The flags of each node that has any."""
    return {node["code"]: node["flags"] for node in nodes if node["flags"]}


@pytest.fixture
def cycle(scoring: Any, build: Any) -> Any:
    """An open cycle of the small framework."""
    document = build.framework()
    made = build.round(document)
    scoring.feed(build.published(document), build.register({"AAA": "R1"}), made.status("open"))
    return made


def test_the_flag_stands_on_the_kpi_for_all_who_see_it(scoring: Any, cycle: Any, get: Any) -> None:
    told = scoring.feed(cycle.of("AAA", status="accepted").then(answers=FISCAL).event)
    assert flags(told[-1]["data"]["card"]["nodes"]) == {"K1": ["fiscal_year"]}
    for path, shape in (("/c-2024/AAA", AdministrationScores), ("/c-2024/AAA/explanation", ExplanationRead)):
        answer = get(path)
        shape.model_validate_json(answer.content, strict=True)
        assert flags(answer.json()["nodes"]) == {"K1": ["fiscal_year"]}


def test_a_change_of_the_period_alone_is_told_and_moves_no_score(scoring: Any, cycle: Any) -> None:
    state = cycle.of("AAA", status="accepted").then(answers=FISCAL)
    first = scoring.feed(state.event)[-1]["data"]
    second = scoring.feed(state.then(answers=PLAIN).event)[-1]["data"]
    assert (flags(second["card"]["nodes"]), second["run_id"]) == ({}, first["run_id"] + 1)
    assert first["card"]["input_digest"] != second["card"]["input_digest"]
    scores = [[node["score"] for node in data["card"]["nodes"]] for data in (first, second)]
    assert scores[0] == scores[1]


def test_what_is_in_force_keeps_its_flag_while_a_revision_waits(scoring: Any, cycle: Any, get: Any) -> None:
    revision = cycle.of("AAA").then(answers=PLAIN, in_force=ACCEPTED)
    scoring.feed(revision.event)
    assert flags(get("/c-2024/AAA").json()["nodes"]) == {"K1": ["fiscal_year"]}
    assert flags(get("/c-2024/AAA/preview", "contact-aaa").json()["nodes"]) == {}
    with scoring.engine.connect() as connection:
        assert differences(connection, "c-2024") == []
    scoring.feed(revision.then("accepted", in_force=None).event)
    assert flags(get("/c-2024/AAA").json()["nodes"]) == {}


def test_a_kpi_that_is_compared_with_others_has_the_flag_for_them_too(scoring: Any, build: Any, get: Any) -> None:
    document = build.framework(scoring=build.min_max)
    cycle = build.round(document)
    scoring.feed(build.published(document), build.register({"AAA": "R1", "BBB": "R1"}), cycle.status("open"))
    scoring.feed(cycle.of("BBB", 10, status="accepted").event)
    scoring.feed(cycle.of("AAA", status="accepted").then(answers=FISCAL).event)
    (kpi,) = (node for node in get("/c-2024/AAA/explanation").json()["nodes"] if node["code"] == "K1")
    assert (kpi["flags"], kpi["score"], kpi["value"], kpi["inputs"]) == (["fiscal_year"], 100, None, [])
    assert flags(get("/c-2024/BBB").json()["nodes"]) == {}


def test_a_projection_has_the_flag(app: Any, cycle: Any) -> None:
    body = {"cycle": cycle.code, "administration": "AAA", "answers": FISCAL}
    with TestClient(app) as client:
        answer = client.post("/api/v1/scores/preview", json=body, headers={"authorization": "Bearer contact-aaa"})
    ProjectedScores.model_validate_json(answer.content, strict=True)
    assert flags(answer.json()["nodes"]) == {"K1": ["fiscal_year"]}
