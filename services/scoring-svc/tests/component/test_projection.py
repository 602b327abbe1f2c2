"""What answers would score, without submitting them: the same figures as a preview, for the member itself only."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from scoring_svc.entrypoints.http.schemas import ProjectedScores

OTHERS = ["BBB", "CCC", "DDD", "EEE", "FFF"]
REGIONS = dict.fromkeys(["AAA", *OTHERS], "R1")
COUNTS = """
    select (select count(*) from outbox) as events, (select count(*) from submission) as submissions,
           (select count(*) from score_card) as cards
"""
ALLOWED = {"contact-aaa", "system-aaa", "secretariat", "loader"}
STRANGERS = {
    "contact-bbb": 403,
    "system-bbb": 403,
    "office-r1": 403,
    "reviewer": 403,
    "reviewer-of-aaa": 403,
    "integrator-wco": 403,
    "integrator-public": 403,
    "elsewhere-contact-aaa": 404,
    "elsewhere-system-aaa": 404,
    "elsewhere-office-r1": 403,
    "public": 401,
}


@pytest.fixture
def ask(app: Any) -> Any:
    """`ask(persona, **changes of the body)` posts a projection."""
    with TestClient(app) as client:

        def post(persona: str = "contact-aaa", **changes: Any) -> Any:
            body = {"cycle": "c-2024", "administration": "AAA", "answers": values(81.25, 62.5, 31), "claims": []}
            sent = {"authorization": f"Bearer {persona}"} if persona != "public" else {}
            return client.post("/api/v1/scores/preview", json={**body, **changes}, headers=sent)

        yield post


def values(*figures: float | None) -> list[dict[str, Any]]:
    """Answers to I1, I2, I3."""
    return [{"input": f"I{place}", "year": 2024, "value": value} for place, value in enumerate(figures, start=1)]


def prepared(service: Any, build: Any, *, is_rehearsal: bool = False, **changes: Any) -> Any:
    """An open cycle."""
    document = build.framework(**changes)
    cycle = build.round(document, is_rehearsal=is_rehearsal)
    service.feed(build.published(document), build.register(REGIONS), cycle.status("open"))
    return cycle


def test_a_projection_is_what_a_preview_would_be(scoring: Any, build: Any, ask: Any, get: Any) -> None:
    cycle = prepared(scoring, build)
    claims = [{"kpi": "K2", "state": "not_applicable"}]
    projected = ask(claims=claims)
    ProjectedScores.model_validate_json(projected.content, strict=True)
    scoring.feed(cycle.of("AAA", 81.25, 62.5, 31, claims=claims).event)
    preview = get("/c-2024/AAA/preview", "contact-aaa").json()
    names = ("code", "state", "score", "band", "coverage", "weight", "contribution", "flags")
    assert [{name: node[name] for name in names} for node in projected.json()["nodes"]] == [
        {name: node[name] for name in names} for node in preview["nodes"]
    ]
    assert projected.json()["nodes"][3]["state"] == "not_applicable"


def test_nothing_is_kept_and_nobody_is_told(scoring: Any, build: Any, ask: Any) -> None:
    prepared(scoring, build)
    before = scoring.rows(COUNTS)
    assert ask().status_code == 200
    assert scoring.rows(COUNTS) == before
    assert ask().headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("persona", [*ALLOWED, *STRANGERS])
def test_it_is_for_the_member_itself_and_the_secretariat(scoring: Any, build: Any, ask: Any, persona: str) -> None:
    prepared(scoring, build)
    assert ask(persona).status_code == (200 if persona in ALLOWED else STRANGERS[persona])


@pytest.mark.parametrize("persona", ["contact-bbb", "elsewhere-contact-aaa", "public"])
def test_strangers_learn_nothing_about_cycles(scoring: Any, build: Any, ask: Any, persona: str) -> None:
    prepared(scoring, build, is_rehearsal=True)
    there, nowhere = ask(persona), ask(persona, cycle="c-2099")
    assert there.status_code == nowhere.status_code >= 400
    assert there.json()["detail"].replace("c-2024", "") == nowhere.json()["detail"].replace("c-2099", "")


def test_a_rehearsal_projects_for_its_member(scoring: Any, build: Any, ask: Any) -> None:
    prepared(scoring, build, is_rehearsal=True)
    assert ask("contact-aaa").status_code == 200


def test_a_sample_is_that_of_the_accepted_and_its_parameters_stay_hidden(scoring: Any, build: Any, ask: Any) -> None:
    cycle = prepared(scoring, build, scoring=build.min_max)
    figures = dict(zip(OTHERS, (0, 12.345, 50, 60, 98.765), strict=True))
    scoring.feed(*(cycle.of(code, value, 1, 1, status="accepted").event for code, value in figures.items()))
    answer = ask(answers=values(49.3825, 50, 50))
    assert next(node for node in answer.json()["nodes"] if node["code"] == "K1")["score"] == pytest.approx(50)
    assert "98.765" not in answer.text
    assert "12.345" not in answer.text


def test_among_few_others_nothing_is_projected(scoring: Any, build: Any, ask: Any) -> None:
    cycle = prepared(scoring, build, scoring=build.min_max)
    scoring.feed(*(cycle.of(code, 1, 2, 3, status="accepted").event for code in OTHERS[:4]))
    scoring.feed(cycle.of("AAA", 1, 2, 3, status="accepted").event)
    answer = ask()
    assert (answer.status_code, answer.json()["code"]) == (409, "score.sample_too_small")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"cycle": "c-2099"}, 404, "score.cycle_not_found"),
        ({"administration": "ZZZ"}, 404, "administration.not_found"),
        ({"answers": [{"input": "NO", "year": 2024, "value": 1}]}, 422, "score.inputs_refused"),
        ({"claims": [{"kpi": "NO", "state": "opted_out"}]}, 422, "score.inputs_refused"),
        ({"claims": [{"kpi": "K1", "state": "maybe"}]}, 422, "request.invalid"),
        ({"answers": values(1) + values(2)}, 422, "request.invalid"),
        ({"answers": [{"input": "I1", "year": 2024, "value": "1e999"}]}, 422, "request.invalid"),
        ({"answers": [{"input": "I1", "year": 2024, "value": 1, "period": "FY24"}]}, 422, "request.invalid"),
        ({"answers": values(*range(1000)) * 30}, 422, "request.invalid"),
        ({"more": 1}, 422, "request.invalid"),
        ({"answers": [{"input": "x" * 100, "year": 2024, "value": 1}] * 60_000}, 413, "request.too_large"),
    ],
)
def test_what_makes_no_sense_is_refused(
    scoring: Any, build: Any, ask: Any, changes: dict[str, Any], status: int, code: str
) -> None:
    prepared(scoring, build)
    answer = ask("secretariat", **changes)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_before_the_framework_has_come_it_asks_for_patience(scoring: Any, build: Any, ask: Any) -> None:
    scoring.feed(build.round(build.framework()).status("open"))
    answer = ask("secretariat")
    assert (answer.status_code, answer.json()["code"]) == (503, "score.framework_not_here")
    assert answer.headers["retry-after"] == "2"
