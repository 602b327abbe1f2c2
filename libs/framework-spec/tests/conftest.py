"""A small framework that every test may bend."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from framework_spec.reading import FrameworkRejectedError, validate_document

DOCUMENT: dict[str, Any] = {
    "spec": "openpmm.framework/1",
    "code": "small",
    "version": "1",
    "purpose": "scoring",
    "population": "testers",
    "languages": ["en", "fr"],
    "sources": {"S1": "https://example.org"},
    "bands": [{"code": "A", "from": 80}, {"code": "B", "from": 50}],
    "inputs": [{"code": "ALL", "unit": "count"}, {"code": "GOOD", "unit": "count", "minimum": 0}],
    "root": {
        "code": "OVERALL",
        "kind": "index",
        "name": {"en": "Overall", "fr": "Ensemble"},
        "children": [
            {
                "code": "D1",
                "kind": "dimension",
                "name": {"en": "First"},
                "children": [
                    {
                        "code": "D1-1",
                        "kind": "kpi",
                        "name": {"en": "Good share"},
                        "formula": "100 * GOOD / ALL",
                        "direction": "higher_is_better",
                        "scoring": {"normalisation": "goalposts", "lower": 0, "upper": 100},
                    },
                    {
                        "code": "D1-2",
                        "kind": "kpi",
                        "name": {"en": "Size"},
                        "formula": "ALL",
                        "direction": "context_only",
                    },
                ],
            }
        ],
    },
}


@pytest.fixture
def document() -> dict[str, Any]:
    """A copy of the small framework."""
    return copy.deepcopy(DOCUMENT)


@pytest.fixture
def kpi(document: dict[str, Any]) -> dict[str, Any]:
    """The scored KPI of the copy."""
    found: dict[str, Any] = document["root"]["children"][0]["children"][0]
    return found


@pytest.fixture
def problems() -> Callable[[dict[str, Any]], list[tuple[str, str]]]:
    """Give the codes and paths of the problems of a document."""

    def found(document: dict[str, Any]) -> list[tuple[str, str]]:
        try:
            validate_document(document)
        except FrameworkRejectedError as rejected:
            return [(problem.code, problem.path) for problem in rejected.problems]
        return []

    return found
