"""The engine against an independent, dull recomputation: one administration, one node at a time, plain Python."""

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework_spec.document import AggregateNode, Framework, Kpi

Cells = Mapping[str, float | str]
# (score or None, state, share of weight answered)
Dull = tuple[float | None, str, Fraction | None]


def dull_kpi(kpi: Kpi, cells: Cells) -> Dull:
    """Score a KPI with linear goalposts between 0 and 100, both ends cut."""
    cell = cells.get(kpi.code)
    if isinstance(cell, str):
        return None, cell, None if cell == "not_applicable" else Fraction(0)
    if cell is None:
        return None, "missing", Fraction(0)
    place = min(1.0, max(0.0, cell / 100))
    return 100 * (place if kpi.direction == "higher_is_better" else 1 - place), "scored", Fraction(1)


def dull_node(node: AggregateNode | Kpi, cells: Cells) -> Dull:
    """Score a node by the rules of the method, read once more from the paper."""
    if isinstance(node, Kpi):
        return dull_kpi(node, cells)
    found = [(child, dull_node(child, cells)) for child in node.children]
    asked = [(child, result) for child, result in found if result[1] != "not_applicable"]
    if not asked:
        return None, "not_applicable", None
    scored = [(child, result[0]) for child, result in asked if result[0] is not None]
    total = sum(Fraction(str(child.weight)) for child, _ in asked)
    answered = Fraction(0)
    for child, (score, _, share) in asked:
        if score is not None and share is not None and total:
            answered += Fraction(str(child.weight)) * share / total
    if not scored:
        return None, dull_state_without_score([result[1] for _, result in asked]), answered
    coverage = answered if node.coverage.measure == "weight" else Fraction(len(scored), len(asked))
    required_missing = [child for child, result in asked if child.code in node.coverage.required and result[0] is None]
    if coverage < Fraction(str(node.coverage.threshold)) or required_missing:
        return None, "under_threshold", answered
    pairs = [(float(Fraction(str(child.weight))), score) for child, score in scored if child.exact_weight > 0]
    return (dull_mean(node, pairs), "scored", answered) if pairs else (None, "missing", answered)


def dull_state_without_score(states: list[str]) -> str:
    if set(states) == {"opted_out"}:
        return "opted_out"
    return "under_threshold" if "under_threshold" in states else "missing"


def dull_mean(node: AggregateNode, pairs: list[tuple[float, float]]) -> float:
    total = math.fsum(weight for weight, _ in pairs)
    floor = node.aggregation.floor
    lifted = [(weight / total, score if floor is None else max(score, floor)) for weight, score in pairs]
    match node.aggregation.method:
        case "geometric":
            return math.prod(math.pow(score, weight) for weight, score in lifted)
        case "harmonic":
            return 1 / math.fsum(weight / score for weight, score in lifted)
        case "power":
            return math.sqrt(math.fsum(weight * score**2 for weight, score in lifted))
        case "weakest_link":
            return min(score for _, score in lifted)
        case _:
            return math.fsum(weight * score for weight, score in lifted)


RULES: list[dict[str, Any]] = [
    {"method": "arithmetic"},
    {"method": "geometric", "floor": 1},
    {"method": "harmonic", "floor": 1},
    {"method": "power", "exponent": 2},
    {"method": "weakest_link"},
]
weights = st.sampled_from([1, 2, 3, 0.1, "1/3"])


@st.composite
def trees(draw: st.DrawFn, build: Any) -> Framework:
    """Trees of uneven depth with weights, means and coverage rules of every kind."""
    counter = iter(range(1, 1000))

    def kpi() -> dict[str, Any]:
        direction = draw(st.sampled_from(["higher_is_better", "lower_is_better"]))
        made: dict[str, Any] = build.kpi(f"K{next(counter)}", weight=draw(weights), direction=direction)
        return made

    def node(depth: int) -> dict[str, Any]:
        sizes = draw(st.integers(1, 4))
        children = [node(depth - 1) if depth and draw(st.booleans()) else kpi() for _ in range(sizes)]
        threshold = draw(st.sampled_from([0, "1/3", "1/2", "2/3", 0.7, 1]))
        coverage = {"threshold": threshold, "measure": draw(st.sampled_from(["weight", "children"]))}
        if draw(st.integers(0, 4)) == 0:
            coverage["required"] = [children[0]["code"]]
        made: dict[str, Any] = build.node(f"N{next(counter)}", children, weight=draw(weights), coverage=coverage)
        made["aggregation"] = draw(st.sampled_from(RULES))
        return made

    made: Framework = build.framework(node(draw(st.integers(0, 3))))
    return made


cells = st.one_of(st.floats(-20, 130), st.integers(0, 100), st.sampled_from([None, "not_applicable", "opted_out"]))


@settings(max_examples=250, deadline=None)
@given(data=st.data())
def test_agrees_with_a_dull_recomputation(build: Any, data: st.DataObject) -> None:
    framework = data.draw(trees(build))
    kpis = framework.kpis()
    rows = {
        name: {kpi.code: cell for kpi in kpis if (cell := data.draw(cells)) is not None} for name in ("AA", "BB", "CC")
    }
    scored = build.run(framework, rows)
    for name, row in rows.items():
        states = {entry["code"]: entry for entry in scored.card(name)["nodes"]}
        for node, _ in framework.nodes():
            score, state, answered = dull_node(node, row)
            entry = states[node.code]
            assert entry["state"] == state
            assert entry["score"] == (None if score is None else pytest.approx(score, rel=1e-12, abs=1e-12))
            if isinstance(node, Kpi):
                assert entry["coverage"] == (None if answered is None else float(answered))
