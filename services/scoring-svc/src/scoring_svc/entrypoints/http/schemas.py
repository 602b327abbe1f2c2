"""What the answers look like. Answers are written once and remembered as bytes; tests hold them to these classes."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from access_policy import LEVELS, Level

State = Literal["scored", "missing", "not_applicable", "opted_out", "under_threshold", "context_only"]
LevelName = Annotated[Level, WithJsonSchema({"enum": list(LEVELS), "type": "string"})]
LevelRead = Annotated[
    LevelName | None,
    Field(
        title="Level",
        description="The disclosure level; told to the administration itself and the secretariat, null to others",
    ),
]


class Read(BaseModel):
    """Base of all answers: every field is always there, no other is."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class ServiceRead(Read):
    """This service."""

    engine_version: str
    scores: str


class CycleRead(Read):
    """A cycle."""

    code: str
    framework: str
    framework_version: str
    framework_digest: str
    population: str
    reporting_year: int
    is_rehearsal: bool
    status: str


class DimensionScoreRead(Read):
    """The score of a dimension; null with `visible: false` when it is not disclosed to the reader."""

    code: str
    visible: bool
    score: float | None
    band: str | None


class ScoreRead(Read):
    """The overall score of an administration. `visible: false`: not disclosed to the reader, whatever it is."""

    administration: str
    region: str | None
    visible: bool
    score: float | None
    band: str | None
    coverage: float | None
    state: State | None
    rank: int | None = Field(description="Competition rank (equal scores share a place), where the framework shows any")
    dimensions: list[DimensionScoreRead]


class ScoreList(Read):
    """The scores of a cycle, of administrations that disclose something to the reader."""

    cycle: CycleRead
    label: dict[str, str] | None = Field(description="What the framework must be called wherever it is shown")
    ranking: Literal["none", "self", "all"]
    ranked_among: int | None = Field(description="How many scores the places are among; null when no place is shown")
    items: list[ScoreRead]


class NodeRead(Read):
    """A node of the framework's tree with its score."""

    code: str
    parent: str | None
    kind: str
    state: State
    score: float | None
    band: str | None
    coverage: float | None
    weight: float
    contribution: float | None = Field(
        description="What the node adds to its parent; null if the parent is not visible"
    )
    flags: list[str] = Field(
        description="What to know about it; `fiscal_year`: made of a figure of a fiscal year, less comparable"
    )
    level: LevelRead


class AdministrationScores(Read):
    """All visible scores of one administration."""

    cycle: CycleRead
    label: dict[str, str] | None
    administration: str
    region: str | None
    nodes: list[NodeRead]


class ProjectedScores(AdministrationScores):
    """What answers would score. Nothing of it is kept; levels are null, because nothing is disclosed by it."""

    engine_version: str


class UsedInput(Read):
    """An input value that a KPI used."""

    code: str
    name: str | None
    year: int
    value: float | None
    level: LevelRead


class ExplainedNode(NodeRead):
    """What all nodes of an explanation have in common."""

    name: str | None
    definition: str | None
    band_name: str | None
    effective_weight: float | None
    reason: str | None


class ExplainedKpi(ExplainedNode):
    """A KPI: its value, what it was made from, and what was applied to it."""

    kind: Literal["kpi"]
    value: float | None
    unit: str | None
    direction: str | None
    formula: str | None
    inputs: list[UsedInput]
    scoring: dict[str, Any] | None


class ExplainedAggregate(ExplainedNode):
    """A node above KPIs: how its children made its score."""

    kind: Literal["index", "dimension", "expected_outcome", "group"]
    aggregation: dict[str, Any]
    coverage_rule: dict[str, Any]
    coverage_exact: str | None
    grade: str | None


class ExplanationRead(Read):
    """All visible scores of one administration and how each came about."""

    cycle: CycleRead
    kind: Literal["final", "preview"]
    language: Literal["en", "fr"]
    label: str | None
    framework_name: str | None
    administration: str
    region: str | None
    engine_version: str
    input_digest: str | None
    nodes: list[ExplainedKpi | ExplainedAggregate]
