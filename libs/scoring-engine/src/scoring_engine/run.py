"""A score run: all steps of the method in order, for all administrations of a cycle, with every stage kept by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from framework_spec.document import AggregateNode, Framework, Kpi
from scoring_engine.coverage import Share
from scoring_engine.data import CycleInputs
from scoring_engine.digests import comparison_digest, input_digest
from scoring_engine.elementary import Floats
from scoring_engine.explanation import card
from scoring_engine.kpi_scores import KpiStages, score_kpi
from scoring_engine.node_scores import Child, NodeStages, score_node
from scoring_engine.states import State


class NotScorableError(ValueError):
    """A framework that is a catalogue, or a document that was never checked, cannot be scored."""


@dataclass(frozen=True)
class ScoreRun:
    """The outcome of a run; `kpis` and `nodes` hold the stages by code, arrays in the order of `administrations`."""

    framework: Framework
    inputs: CycleInputs
    kpis: Mapping[str, KpiStages]
    nodes: Mapping[str, NodeStages]

    @property
    def administrations(self) -> tuple[str, ...]:
        """The administrations, sorted by code."""
        return self.inputs.administrations

    @property
    def kpi_values(self) -> dict[str, Floats]:
        """Stage 1: KPI values by code."""
        return {code: stages.values for code, stages in self.kpis.items()}

    @property
    def transformed(self) -> dict[str, Floats]:
        """Stage 2: transformed KPI values by code."""
        return {code: stages.transformed for code, stages in self.kpis.items()}

    @property
    def normalised(self) -> dict[str, Floats]:
        """Stage 3: KPI scores by code."""
        return {code: stages.scores for code, stages in self.kpis.items()}

    @property
    def coverage(self) -> dict[str, Sequence[Share]]:
        """Stage 4: exact coverage of the nodes above the KPIs, by code."""
        return {code: stages.covered.coverage for code, stages in self.nodes.items()}

    @property
    def aggregated(self) -> dict[str, Floats]:
        """Stage 5: scores of the nodes above the KPIs, by code."""
        return {code: stages.scores for code, stages in self.nodes.items()}

    @cached_property
    def _comparison_digest(self) -> str | None:
        return comparison_digest(self.framework, self.inputs)

    def input_digest(self, administration: str) -> str:
        """Give the digest of what an administration's scores were made from."""
        return input_digest(self.framework, self.inputs, administration, self._comparison_digest)

    def score(self, administration: str, code: str | None = None) -> float | None:
        """Give the score of a node (the root when no code is given) of an administration; None without a score."""
        code = self.framework.root.code if code is None else code
        stages = self.nodes[code] if code in self.nodes else self.kpis[code]
        row = self.administrations.index(administration)
        return float(stages.scores[row]) if stages.states[row] == State.SCORED else None

    def card(self, administration: str) -> dict[str, Any]:
        """Give the JSON-ready score card of an administration; KeyError when it is not in the run."""
        if administration not in self.inputs.of:
            raise KeyError(administration)
        row = self.administrations.index(administration)
        return card(self.framework, self.inputs, self.kpis, self.nodes, self.input_digest(administration), row)

    def cards(self) -> dict[str, dict[str, Any]]:
        """Give the score cards of all administrations, by code."""
        return {administration: self.card(administration) for administration in self.administrations}


def score_cycle(framework: Framework, inputs: CycleInputs) -> ScoreRun:
    """Score a cycle. NotScorableError for a catalogue; the framework must have passed `framework_spec.checks`."""
    if framework.purpose != "scoring":
        raise NotScorableError(f"{framework.code} is a catalogue; there is nothing to score")
    kpis = {kpi.code: score_kpi(kpi, framework, inputs) for kpi in framework.kpis()}
    nodes: dict[str, NodeStages] = {}
    groups = [inputs.of[administration].group for administration in inputs.administrations]
    aggregates = [node for node, _ in framework.nodes() if isinstance(node, AggregateNode)]
    # Document order has parents first; backwards, every child is done before its parent, at any depth.
    for node in reversed(aggregates):
        children = [_child(child, kpis, nodes) for child in node.children if not _is_context(child)]
        nodes[node.code] = score_node(node, children, groups)
    return ScoreRun(framework, inputs, kpis, nodes)


def _is_context(node: AggregateNode | Kpi) -> bool:
    return isinstance(node, Kpi) and node.is_context


def _child(node: AggregateNode | Kpi, kpis: Mapping[str, KpiStages], nodes: Mapping[str, NodeStages]) -> Child:
    if isinstance(node, AggregateNode):
        made = nodes[node.code]
        return Child(node.code, node.exact_weight, made.scores, made.states, made.covered.answered)
    stages = kpis[node.code]
    return Child(node.code, node.exact_weight, stages.scores, stages.states, stages.answered)
