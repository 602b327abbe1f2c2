"""What the KPIs of a submission come to, with their breakdowns, once it is saved."""

from typing import Any

import pytest

from framework_spec.document import Framework

KPIS = "/c-2024/submissions/KEN/kpis"
BREAKDOWNS = [
    {"code": "import", "axis": "flow", "name": {"en": "Import"}, "formula": "HOURS / 2"},
    {"code": "export", "axis": "flow", "name": {"en": "Export"}, "formula": "BALANCE / 2"},
    "without a formula",
]


@pytest.fixture
def broken_down(empty_service: Any, make: Any, document: Any) -> Any:
    """The service with a framework one of whose KPIs has breakdowns."""
    root = document["root"]
    kpis = [{**kpi, "breakdowns": BREAKDOWNS} if kpi["code"] == "K-TIME" else kpi for kpi in root["children"]]
    framework = Framework.model_validate({**document, "root": {**root, "children": kpis}})
    empty_service.hear(make.published(framework), make.register(make.members))
    assert empty_service.open_cycle().status_code == 201
    return empty_service


def test_kpis_are_read_with_their_breakdowns(broken_down: Any, make: Any) -> None:
    claim = {"code": "K-GROWTH", "state": "not_applicable", "reason": "New."}
    broken_down.push(make.figure("HOURS", 12), claim)
    share, growth, time, balance = broken_down.call("GET", KPIS, "contact-ken").json()["items"]
    assert time == {
        "code": "K-TIME",
        "state": "answered",
        "value": 12,
        "reason": None,
        "breakdowns": [
            {"code": "import", "value": 6, "reason": None},
            {"code": "export", "value": None, "reason": "missing_input:BALANCE@T"},
        ],
    }
    assert [(each["code"], each["state"]) for each in (share, growth, balance)] == [
        ("K-SHARE", "missing"),
        ("K-GROWTH", "not_applicable"),
        ("K-BALANCE", "missing"),
    ]


def test_they_are_what_a_dry_run_had_shown_and_follow_every_change(broken_down: Any, make: Any) -> None:
    broken_down.push(make.figure("HOURS", 12))
    before = broken_down.call("GET", KPIS, "secretariat").json()["items"]
    rows = (make.figure("HOURS", 10), make.figure("BALANCE", 3))
    shown = broken_down.push(*rows, params={"dry_run": True}).json()["kpis"]
    assert broken_down.call("GET", KPIS, "secretariat").json()["items"] == before != shown
    broken_down.push(*rows)
    assert broken_down.call("GET", KPIS, "reviewer-ken").json()["items"] == shown


def test_before_a_submission_is_begun_it_has_no_kpis(service: Any) -> None:
    answer = service.call("GET", KPIS, "contact-ken")
    assert (answer.status_code, answer.json()["code"]) == (404, "submission.not_found")
