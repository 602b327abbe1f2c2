"""Pushes as texts, checked against the small framework."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from framework_spec.document import Framework
from service_kit.errors import Finding, ProblemError
from submission_svc.domain.push.checking import check
from submission_svc.domain.push.csv_format import read_csv
from submission_svc.domain.push.json_format import read_json
from submission_svc.domain.push.rulebook import Rulebook
from submission_svc.domain.push.taken import Taken

MEMBERS = frozenset({"KEN", "UGA"})
Push = Callable[..., Taken]
Faults = Callable[..., list[Finding]]


@pytest.fixture(scope="session")
def rulebook(framework: Framework) -> Rulebook:
    """What the small framework asks for in a cycle about 2024."""
    return Rulebook.of(framework, 2024)


@pytest.fixture(scope="session")
def push(rulebook: Rulebook) -> Push:
    """Check a push of Kenya, or of many: a list of rows for JSON, a text for CSV, bytes as they are (JSON)."""

    def push(body: list[Any] | str | bytes, *, many: bool = False) -> Taken:
        member = None if many else "KEN"
        if isinstance(body, str):
            table = read_csv(body.encode(), many=many)
        else:
            table = read_json(body if isinstance(body, bytes) else json.dumps({"answers": body}).encode(), many=many)
        return check(table, rulebook, member=member, members=MEMBERS)

    return push


@pytest.fixture(scope="session")
def faults(push: Push) -> Faults:
    """What is wrong with a push; an empty list when nothing is."""

    def faults(body: list[Any] | str | bytes, *, many: bool = False) -> list[Finding]:
        try:
            push(body, many=many)
        except ProblemError as problem:
            return list(problem.findings)
        return []

    return faults
