"""What others would see is what the cards show them: the same levels, over any choice of disclosure."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from access_policy import Level, redact_card, with_levels
from framework_spec.document import Framework
from submission_svc.application.pushing.kpi_values import kpi_values
from submission_svc.application.queries.seen_by import visible_parts
from submission_svc.domain.content import Answer, Content
from submission_svc.domain.disclosure import Disclosure
from submission_svc.domain.evidence_levels import Codes

KPIS = {
    "K-SHARE": ("DECLARATIONS_ALL", "DECLARATIONS_ELECTRONIC"),
    "K-GROWTH": ("DECLARATIONS_ALL",),
    "K-TIME": ("HOURS",),
    "K-BALANCE": ("BALANCE",),
}
CONTENT = Content(
    tuple(Answer(code, 2024, "number", 1.0) for code in ("BALANCE", "DECLARATIONS_ALL", "HOURS", "UNUSED"))
)
LEVELS = st.sampled_from(list(Level))


def card(sampled: set[str]) -> dict[str, Any]:
    """The KPIs as a card has them."""
    nodes: list[dict[str, Any]] = [{"code": "OVERALL", "kind": "index", "parent": None, "state": "scored"}]
    for code, inputs in KPIS.items():
        used = [{"code": name, "year": 2024, "value": 1.0} for name in inputs]
        scoring = {"from_sample": code in sampled}
        facts = {"parent": "OVERALL", "state": "scored", "value": 1.0, "flags": []}
        nodes.append({"code": code, "kind": "kpi", "inputs": used, "scoring": scoring, **facts})
    return {"nodes": nodes}


@given(st.dictionaries(st.sampled_from(list(KPIS)), LEVELS), LEVELS, LEVELS, st.sets(st.sampled_from(list(KPIS))))
def test_as_on_cards(kpis: dict[str, Level], default: Level, level: Level, sampled: set[str]) -> None:
    disclosure = Disclosure(default, kpis)
    codes = Codes(KPIS, frozenset(sampled), frozenset({"UNUSED"}.union(*KPIS.values())))
    values = [{"code": code, "state": "answered", "value": 1.0} for code in KPIS]
    seen = visible_parts(level, codes, disclosure, values, CONTENT, [])
    shown = redact_card(with_levels(card(sampled), disclosure.as_dict()), level) or {"nodes": []}
    nodes = {node["code"]: node for node in shown["nodes"] if node["kind"] == "kpi"}
    assert {each["code"]: each["value"] for each in seen["kpis"]} == {
        code: node["value"] for code, node in nodes.items()
    }
    used = {each["code"] for node in nodes.values() for each in node["inputs"]}
    own = {"UNUSED"} if level is Level("restricted") else set()
    assert {each["code"] for each in seen["inputs"]} == {each.input for each in CONTENT.answers} & (used | own)


def test_nothing_is_seen_at_no_level(framework: Framework) -> None:
    values = kpi_values(framework, 2024, CONTENT)
    seen = visible_parts(None, Codes.of(framework), Disclosure(Level("public")), values, CONTENT, [])
    assert [seen[name] for name in ("kpis", "inputs", "claims", "comments", "evidence")] == [[]] * 5
    assert seen["hidden"]["kpis"] == 4
