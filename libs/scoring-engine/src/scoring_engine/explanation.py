"""Step 7, explanation: the score card of one administration, from inputs to the root, ready for JSON.

Numbers are never rounded here, and a missing one is null; an auditor can recompute every score from the card.
"""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from framework_spec.document import AggregateNode, Framework, Kpi
from framework_spec.formulas import parse_formula
from scoring_engine.bands import band
from scoring_engine.data import CycleInputs
from scoring_engine.kpi_scores import KpiStages
from scoring_engine.node_scores import NodeStages
from scoring_engine.states import State
from scoring_engine.version import ENGINE_VERSION

Card = dict[str, Any]


def card(
    framework: Framework,
    inputs: CycleInputs,
    kpis: Mapping[str, KpiStages],
    nodes: Mapping[str, NodeStages],
    input_digest: str,
    row: int,
) -> Card:
    """Build the score card of the administration in this row."""
    described = [_described(node, parent, framework, inputs, kpis, nodes, row) for node, parent in framework.nodes()]
    return {
        "administration": inputs.administrations[row],
        "framework": framework.code,
        "framework_version": framework.version,
        "framework_digest": framework.digest(),
        "reporting_year": inputs.reporting_year,
        "engine_version": ENGINE_VERSION,
        "input_digest": input_digest,
        "nodes": described,
    }


def _described(
    node: AggregateNode | Kpi,
    parent: AggregateNode | None,
    framework: Framework,
    inputs: CycleInputs,
    kpis: Mapping[str, KpiStages],
    nodes: Mapping[str, NodeStages],
    row: int,
) -> Card:
    stages: KpiStages | NodeStages = kpis[node.code] if isinstance(node, Kpi) else nodes[node.code]
    state = State(int(stages.states[row]))
    score = number(stages.scores[row]) if state == State.SCORED else None
    coverage = _coverage(stages, row)
    entry: Card = {
        "code": node.code,
        "parent": None if parent is None else parent.code,
        "kind": node.kind,
        "state": state.label,
        "score": score,
        "band": None if score is None else band(score, framework.bands),
        "coverage": None if coverage is None else float(coverage),
        "weight": float(node.exact_weight),
        **_in_parent(node, nodes[parent.code] if parent else None, row),
        "reason": stages.reasons[row],
    }
    if isinstance(node, Kpi):
        _complete_kpi(entry, node, kpis[node.code], inputs, row)
    else:
        _complete_aggregate(entry, node, nodes[node.code], coverage, row)
    return entry


def _coverage(stages: KpiStages | NodeStages, row: int) -> Fraction | None:
    return stages.covered.coverage[row] if isinstance(stages, NodeStages) else stages.answered[row]


def _in_parent(node: AggregateNode | Kpi, parent: NodeStages | None, row: int) -> Card:
    """Say what the node does in its parent: null where the parent has no score, weight 0 where the node is absent."""
    entry: Card = {"effective_weight": None, "contribution": None, "flags": []}
    if parent is None or node.code not in parent.children or parent.states[row] != State.SCORED:
        return entry
    column = parent.children.index(node.code)
    entry["effective_weight"] = float(parent.shares[row, column])
    entry["contribution"] = number(parent.contributions[row, column])
    marks = {"imputed": parent.imputed, "floored": parent.floored, "binding": parent.binding}
    entry["flags"] = [name for name, mask in marks.items() if mask[row, column]]
    return entry


def _complete_kpi(entry: Card, kpi: Kpi, stages: KpiStages, inputs: CycleInputs, row: int) -> None:
    references = parse_formula(kpi.formula or "").ordered_references
    entry["value"] = number(stages.values[row])
    entry["flags"] += [flag for flag, mask in sorted(stages.flags.items()) if mask[row]]
    if entry["value"] is not None and _is_of_fiscal_year(references, inputs, row):
        entry["flags"].append("fiscal_year")
    entry["unit"], entry["direction"], entry["formula"] = kpi.unit, kpi.direction, kpi.formula
    entry["inputs"] = [
        {"code": code, "year": inputs.reporting_year + offset, "value": number(inputs.arrays[code, offset][row])}
        for code, offset in references
    ]
    entry["scoring"] = None if kpi.scoring is None else _applied(kpi, stages, row)


def _is_of_fiscal_year(references: Sequence[tuple[str, int]], inputs: CycleInputs, row: int) -> bool:
    fiscal = inputs.of[inputs.administrations[row]].fiscal
    return any((code, inputs.reporting_year + offset) in fiscal for code, offset in references)


def _applied(kpi: Kpi, stages: KpiStages, row: int) -> Card | None:
    if kpi.scoring is None or kpi.is_context:
        return None
    return {
        **kpi.scoring.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        "cut": kpi.scoring.effective_cut,
        "from_sample": kpi.scoring.needs_sample,
        "transformed": number(stages.transformed[row]),
        "applied": {name: number(value) for name, value in sorted(stages.applied.items())},
    }


def _complete_aggregate(
    entry: Card, node: AggregateNode, stages: NodeStages, coverage: Fraction | None, row: int
) -> None:
    entry["aggregation"] = node.aggregation.model_dump(mode="json", exclude_none=True)
    entry["coverage_rule"] = {
        "threshold": str(node.coverage.exact_threshold),
        "measure": node.coverage.measure,
        "required": list(node.coverage.required),
        "missing": node.missing,
    }
    entry["coverage_exact"] = None if coverage is None else str(coverage)
    entry["grade"] = stages.grades[row] if entry["score"] is not None else None


def number(value: float) -> float | None:
    """Give a number that JSON can hold, or null."""
    return float(value) if math.isfinite(value) else None
