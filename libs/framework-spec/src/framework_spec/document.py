"""The framework document: what a framework of indicators, its inputs and its tree look like as data."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field

from framework_spec.canonical import canonical_bytes, sha256_of
from framework_spec.codes import LanguageCode, NameCode, NodeCode
from framework_spec.numbers import Rational, exact
from framework_spec.parts import (
    Aggregation,
    Band,
    Breakdown,
    BreakdownEntry,
    Confidence,
    Coverage,
    Fact,
    Input,
    LocalizedText,
    MissingRule,
    Ranking,
    Scale,
    Unit,
)
from framework_spec.scoring_rules import Parameters, Scoring, Step, Strict, Winsorise
from framework_spec.validation_rules import Rule

__all__ = [
    "AggregateNode",
    "Aggregation",
    "Band",
    "Breakdown",
    "Confidence",
    "Coverage",
    "Framework",
    "Input",
    "Kpi",
    "LocalizedText",
    "MissingRule",
    "Node",
    "Parameters",
    "Ranking",
    "Rule",
    "Scale",
    "Scoring",
    "Step",
    "Unit",
    "Winsorise",
]


class _NodeFields(Strict):
    code: NodeCode
    name: LocalizedText | None = None
    name_long: LocalizedText | None = None
    definition: LocalizedText | None = None
    note: LocalizedText | None = None
    weight: Rational = 1
    confidence: Confidence | None = None
    placement_confidence: Confidence | None = None
    field_confidence: dict[str, str] = Field(default_factory=dict)
    sources: tuple[str, ...] = ()

    @property
    def exact_weight(self) -> Fraction:
        """The weight of the node among its siblings, without rounding."""
        return exact(self.weight)


class Kpi(_NodeFields):
    """A leaf of the tree: a formula over inputs and the rule that scores its value."""

    kind: Literal["kpi"]
    kpi_kind: Literal["performance", "tool_use"] | None = None
    formula: str | None = None
    unit: Unit | None = None
    direction: Literal["higher_is_better", "lower_is_better", "context_only"] | None = None
    scoring: Scoring | None = None
    numerator: LocalizedText | None = None
    denominator: LocalizedText | None = None
    year_basis: str | None = None
    fiscal_year: Literal["allowed", "refused"] | None = None
    missing: MissingRule | None = None
    breakdowns: tuple[BreakdownEntry, ...] = ()
    measured_in: tuple[str, ...] = ()
    sdgs: tuple[Annotated[int, Field(ge=1, le=17, strict=True)], ...] | None = None
    tools: tuple[str, ...] | None = None
    tools_inferred: tuple[str, ...] = ()
    evidence: LocalizedText | None = None
    responsible: str | None = None
    edge_case: LocalizedText | None = None
    first_cycle: dict[str, Fact] = Field(default_factory=dict)

    @property
    def is_context(self) -> bool:
        """Whether the KPI is shown and never scored."""
        return self.direction == "context_only"


class AggregateNode(_NodeFields):
    """A node whose score is made from its children."""

    kind: Literal["index", "dimension", "expected_outcome", "group"]
    aggregation: Aggregation = Aggregation()
    coverage: Coverage = Coverage()
    missing: Literal["rescale", "group_mean"] = "rescale"
    children: tuple[Node, ...] = ()


Node = Annotated[AggregateNode | Kpi, Field(discriminator="kind")]


class Framework(Strict):
    """A whole framework: the inputs asked for, the tree of nodes, the bands, and who may see places."""

    spec: Literal["openpmm.framework/1"]
    code: NameCode
    version: str = Field(min_length=1, max_length=32)
    purpose: Literal["catalogue", "scoring"]
    population: NameCode
    label: LocalizedText | None = None
    name: LocalizedText | None = None
    description: LocalizedText | None = None
    note: LocalizedText | None = None
    languages: tuple[LanguageCode, ...] = ("en",)
    facts: dict[str, Fact] = Field(default_factory=dict)
    ranking: Ranking = Ranking()
    scale: Scale = Scale()
    decimals: int = Field(default=1, ge=0, le=9, strict=True)
    bands: tuple[Band, ...] = ()
    sources: dict[str, str] = Field(default_factory=dict)
    inputs: tuple[Input, ...] = ()
    rules: tuple[Rule, ...] = ()
    root: AggregateNode

    def nodes(self) -> Iterator[tuple[AggregateNode | Kpi, AggregateNode | None]]:
        """Walk all nodes in document order (a parent before its children), each with its parent."""
        yield from _walk(self.root, None)

    def kpis(self) -> tuple[Kpi, ...]:
        """Give the KPIs in document order."""
        return tuple(node for node, _ in self.nodes() if isinstance(node, Kpi))

    def node(self, code: str) -> AggregateNode | Kpi:
        """Find a node by its code; KeyError when there is none."""
        return self._nodes_by_code[code]

    @cached_property
    def _nodes_by_code(self) -> dict[str, AggregateNode | Kpi]:
        return {node.code: node for node, _ in self.nodes()}

    @cached_property
    def inputs_by_code(self) -> dict[str, Input]:
        """The inputs, by code."""
        return {item.code: item for item in self.inputs}

    def document(self) -> dict[str, Any]:
        """Give the JSON-ready document without anything that equals its default."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    def canonical_json(self) -> bytes:
        """Write the canonical form: equal frameworks have equal bytes."""
        return canonical_bytes(self.document())

    def digest(self) -> str:
        """Give the digest over the canonical form, which names this very content."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        return sha256_of(self.document())


def _walk(
    node: AggregateNode | Kpi, parent: AggregateNode | None
) -> Iterator[tuple[AggregateNode | Kpi, AggregateNode | None]]:
    yield node, parent
    if isinstance(node, AggregateNode):
        for child in node.children:
            yield from _walk(child, node)


AggregateNode.model_rebuild()
Framework.model_rebuild()
