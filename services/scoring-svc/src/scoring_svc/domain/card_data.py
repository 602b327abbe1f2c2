"""What a card looks like in events: the engine's card with the disclosure level of every node and input."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from access_policy import Level

State = Literal["scored", "missing", "not_applicable", "opted_out", "under_threshold", "context_only"]


class InputData(BaseModel):
    """A value that a KPI used; `level` is the most closed of all KPIs that use it."""

    code: str
    year: int
    value: float | None
    level: Level


class NodeData(BaseModel):
    """What all nodes have in common."""

    code: str
    parent: str | None = Field(description="null for the root")
    state: State
    score: float | None = Field(description="On the framework's scale; null unless scored")
    band: str | None
    coverage: float | None
    weight: float
    effective_weight: float | None
    contribution: float | None
    flags: list[str]
    reason: str | None
    level: Level = Field(description="The most closed level of the KPIs that contribute")


class KpiData(NodeData):
    """A KPI."""

    kind: Literal["kpi"]
    value: float | None
    unit: str | None
    direction: str | None
    formula: str | None
    inputs: list[InputData]
    scoring: dict[str, Any] | None = Field(description="What was applied; null for context-only KPIs")


class AggregateData(NodeData):
    """A node above KPIs."""

    kind: Literal["index", "dimension", "expected_outcome", "group"]
    aggregation: dict[str, Any]
    coverage_rule: dict[str, Any]
    coverage_exact: str | None
    grade: str | None


class CardData(BaseModel):
    """All scores of one administration in one cycle, in document order of the framework."""

    administration: str
    framework: str
    framework_version: str
    framework_digest: str
    reporting_year: int
    engine_version: str
    input_digest: str
    nodes: list[KpiData | AggregateData]
