"""Periods of fiscal years reach whoever scores: with every event, with what is in force, and with a dry run."""

import copy
from dataclasses import replace
from typing import Any

import pytest

from framework_spec.document import Framework

PERIOD = "2023-07-01/2024-06-30"
ONE = "/c-2024/submissions/KEN"


class Scores:
    """A stand-in for scoring-svc that keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def project(self, projection: Any, token: str | None) -> dict[str, Any]:
        """No scores."""
        self.asked.append(projection.body())
        return {}


@pytest.fixture
def fiscal(empty_service: Any, make: Any, document: dict[str, Any]) -> Any:
    """The service with a cycle of a framework that takes HOURS of a fiscal year."""
    changed = copy.deepcopy(document)
    (hours,) = (item for item in changed["inputs"] if item["code"] == "HOURS")
    hours["fiscal_year"] = "allowed"
    empty_service.hear(make.published(Framework.model_validate(changed)), make.register(make.members))
    assert empty_service.open_cycle().status_code == 201
    return empty_service


def answers(content: dict[str, Any]) -> list[tuple[str, str | None]]:
    """Which period each input is of."""
    return [(answer["input"], answer["period"]) for answer in content["answers"]]


def test_events_carry_the_period_and_what_is_in_force_keeps_its_own(fiscal: Any, make: Any) -> None:
    pushed = fiscal.push(make.figure(period=PERIOD), make.figure("BALANCE", 1))
    assert [note["code"] for note in pushed.json()["notes"]] == ["answers.fiscal_period"]
    fiscal.move("submit", "contact-ken")
    fiscal.move("accept", "secretariat")
    told = fiscal.events()[-1]["data"]["submission"]
    assert answers(told) == [("BALANCE", None), ("HOURS", PERIOD)]
    fiscal.move("revise", "contact-ken")
    fiscal.push(make.figure())
    fiscal.move("submit", "contact-ken")
    told = fiscal.events()[-1]["data"]["submission"]
    assert answers(told) == [("BALANCE", None), ("HOURS", None)]
    assert answers(told["in_force"]) == [("BALANCE", None), ("HOURS", PERIOD)]


def test_a_dry_run_asks_for_scores_with_the_period(fiscal: Any, make: Any) -> None:
    scores = Scores()
    fiscal.app.state.dependencies = replace(fiscal.app.state.dependencies, projector=scores)
    rows = [make.figure(period=PERIOD), make.figure("BALANCE", 1)]
    answer = fiscal.call("POST", f"{ONE}/answers", "system-ken", json={"answers": rows}, params={"dry_run": True})
    assert answer.status_code == 200
    assert scores.asked[0]["answers"] == [
        {"input": "BALANCE", "year": 2024, "value": 1.0},
        {"input": "HOURS", "year": 2024, "value": 12.5, "period": PERIOD},
    ]
