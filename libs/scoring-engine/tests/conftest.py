"""Frameworks and inputs in a few words: every KPI K1, K2, ... has one input I_K1, I_K2, ... of year T."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from framework_spec.document import Framework
from framework_spec.reading import validate_document
from scoring_engine import AdministrationInputs, CycleInputs, ScoreRun, score_cycle

YEAR = 2024


def kpi(code: str, **changes: Any) -> dict[str, Any]:
    """A KPI with goalposts 0 and 100 over its own input."""
    return {
        "code": code,
        "kind": "kpi",
        "name": {"en": code},
        "formula": f"I_{code}",
        "direction": "higher_is_better",
        "scoring": {"normalisation": "goalposts", "lower": 0, "upper": 100},
        **changes,
    }


def node(code: str, children: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    """A node above KPIs or other nodes."""
    return {"code": code, "kind": "group", "name": {"en": code}, "children": children, **changes}


def framework(root: dict[str, Any], **changes: Any) -> Framework:
    """A checked framework whose inputs follow from its KPIs."""
    found: list[str] = []

    def walk(item: Mapping[str, Any]) -> None:
        if item["kind"] == "kpi":
            found.append(f"I_{item['code']}")
        for child in item.get("children", []):
            walk(child)

    walk(root)
    return validate_document(
        {
            "spec": "openpmm.framework/1",
            "code": "built",
            "version": "1",
            "purpose": "scoring",
            "population": "testers",
            "inputs": [{"code": code.replace("-", "_")} for code in found],
            "root": root,
            **changes,
        }
    )


def run(made: Framework, rows: Mapping[str, Mapping[str, float | str]]) -> ScoreRun:
    """Score rows like {"AAA": {"K1": 50, "K2": "opted_out"}}; what a row does not name is missing."""
    inputs = {
        name: AdministrationInputs(
            answers={(f"I_{code}", YEAR): value for code, value in row.items() if not isinstance(value, str)},
            claims={code: value for code, value in row.items() if isinstance(value, str)},  # type: ignore[misc]
        )
        for name, row in rows.items()
    }
    return score_cycle(made, CycleInputs.build(made, YEAR, inputs))


class Builders:
    """What tests build with."""

    kpi = staticmethod(kpi)
    node = staticmethod(node)
    framework = staticmethod(framework)
    run = staticmethod(run)

    def flat(self, rows: Mapping[str, Mapping[str, float | str]], weights: list[Any], **changes: Any) -> ScoreRun:
        """Score one node R over K1, K2, ... with these weights."""
        children = [kpi(f"K{place}", weight=weight) for place, weight in enumerate(weights, start=1)]
        return run(framework(node("R", children, **changes)), rows)

    def scored(self, values: Mapping[str, float], direction: str = "higher_is_better", **scoring: Any) -> ScoreRun:
        """Score one KPI K1 by this rule."""
        made = framework(node("R", [kpi("K1", direction=direction, scoring=scoring)]))
        return run(made, {name: {"K1": value} for name, value in values.items()})


@pytest.fixture(scope="session")
def build() -> Builders:
    """The builders."""
    return Builders()


@pytest.fixture(scope="session")
def entry() -> Callable[[ScoreRun, str, str], dict[str, Any]]:
    """Find the entry of a node in the card of an administration."""

    def found(scored: ScoreRun, administration: str, code: str) -> dict[str, Any]:
        nodes: list[dict[str, Any]] = scored.card(administration)["nodes"]
        return next(item for item in nodes if item["code"] == code)

    return found
