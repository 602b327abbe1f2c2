"""A small framework in a few words, for all tests of submission-svc."""

from typing import Any

import pytest

from framework_spec.document import Framework

YEAR = 2024
GOALPOSTS = {"normalisation": "goalposts", "lower": 0, "upper": 100}


def _kpi(code: str, formula: str) -> dict[str, Any]:
    return {"code": code, "kind": "kpi", "formula": formula, "direction": "higher_is_better", "scoring": GOALPOSTS}


DOCUMENT: dict[str, Any] = {
    "spec": "openpmm.framework/1",
    "code": "small",
    "version": "1",
    "purpose": "scoring",
    "population": "testers",
    "inputs": [
        {"code": "DECLARATIONS_ALL", "type": "integer", "minimum": 0},
        {"code": "DECLARATIONS_ELECTRONIC", "type": "integer", "minimum": 0},
        {"code": "HOURS", "minimum": 0, "maximum": 8784},
        {"code": "BALANCE"},
        {"code": "UNUSED"},
    ],
    "root": {
        "code": "OVERALL",
        "kind": "index",
        "children": [
            _kpi("K-SHARE", "100 * DECLARATIONS_ELECTRONIC / DECLARATIONS_ALL"),
            _kpi("K-GROWTH", "DECLARATIONS_ALL / DECLARATIONS_ALL[T-1]"),
            _kpi("K-TIME", "HOURS"),
            _kpi("K-BALANCE", "BALANCE"),
        ],
    },
}


@pytest.fixture(scope="session")
def document() -> dict[str, Any]:
    """The framework as JSON. DECLARATIONS_ALL is asked for 2024 and 2023, the others for 2024."""
    return DOCUMENT


@pytest.fixture(scope="session")
def framework() -> Framework:
    """The framework."""
    return Framework.model_validate(DOCUMENT)
