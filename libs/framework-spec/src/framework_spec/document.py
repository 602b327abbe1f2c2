"""The framework document: what a framework of indicators, its inputs and its tree look like as data."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field

from framework_spec.canonical import canonical_bytes, sha256_of
from framework_spec.codes import BandCode, InputCode, LanguageCode, NameCode, NodeCode
from framework_spec.numbers import Number, Rational, exact
from framework_spec.scoring_rules import Parameters, Scoring, Step, Strict, Winsorise

__all__ = [
    "AggregateNode",
    "Aggregation",
    "Band",
    "Confidence",
    "Coverage",
    "Framework",
    "Input",
    "Kpi",
    "LocalizedText",
    "Node",
    "Parameters",
    "Ranking",
    "Scale",
    "Scoring",
    "Step",
    "Unit",
    "Winsorise",
]

LocalizedText = dict[LanguageCode, str]
Confidence = Literal["official", "reported", "inferred", "unknown", "illustrative", "published"]
Unit = Literal["count", "share", "percent", "hours", "days", "years", "currency", "rate", "points", "index", "number"]
Fact = str | int | float | bool | None


class Input(Strict):
    """One figure that an administration reports for a calendar year."""

    code: InputCode
    name: LocalizedText | None = None
    definition: LocalizedText | None = None
    unit: Unit | None = None
    type: Literal["integer", "number"] = "number"
    minimum: Number | None = None
    maximum: Number | None = None
    currency: str | None = None
    note: LocalizedText | None = None
    sources: tuple[str, ...] = ()
    confidence: Confidence | None = None


class Band(Strict):
    """A named range of scores that begins at `from` and ends where the next band begins."""

    code: BandCode
    from_: Number = Field(alias="from")
    name: LocalizedText | None = None


class Scale(Strict):
    """The ends of the scale of scores."""

    lower: Number = 0
    upper: Number = 100


class Ranking(Strict):
    """Who may see places, and on which scores they are taken: rounded to `decimals`, or unrounded when absent."""

    mode: Literal["none", "self", "all"] = "none"
    decimals: int | None = Field(default=None, ge=0, le=9, strict=True)


class Aggregation(Strict):
    """How the scores of the children make the score of their parent."""

    method: Literal["arithmetic", "geometric", "harmonic", "power", "weakest_link", "ordinal_m1", "ordinal_m2"] = (
        "arithmetic"
    )
    exponent: Number | None = None
    floor: Number | None = None
    conversion: dict[str, Number] | None = None


class Coverage(Strict):
    """How much of a node must have been scored for the node to be scored: at least `threshold`, and all `required`."""

    threshold: Rational = 0
    measure: Literal["weight", "children"] = "weight"
    required: tuple[NodeCode, ...] = ()

    @property
    def exact_threshold(self) -> Fraction:
        """The threshold without rounding."""
        return exact(self.threshold)


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
    breakdowns: tuple[str, ...] = ()
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
