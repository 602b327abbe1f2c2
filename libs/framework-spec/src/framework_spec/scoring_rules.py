"""How a KPI value becomes a score: transform, normalisation, goalposts, cut; all of it data."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from framework_spec.codes import AdministrationCode
from framework_spec.numbers import Number

Normalisation = Literal[
    "goalposts",
    "min_max",
    "z_score",
    "rank",
    "percentile_rank",
    "distance_to_target",
    "distance_to_best",
    "distance_to_reference",
    "fraction_of_maximum",
    "steps",
    "identity",
]
Cut = Literal["both", "lower", "upper", "none"]


class Strict(BaseModel):
    """Base of every part of a document: unknown fields are refused, nothing can be changed after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Step(Strict):
    """From this KPI value on (in the better direction) a KPI earns these points."""

    from_: Number = Field(alias="from")
    points: Number


class Winsorise(Strict):
    """Pull the given number of lowest and highest values of the comparison set to the next value."""

    low: int = Field(default=0, ge=0, le=100, strict=True)
    high: int = Field(default=0, ge=0, le=100, strict=True)
    minimum_distinct: int = Field(default=5, ge=3, strict=True)


class Parameters(Strict):
    """Stored reference parameters, on the scale of the KPI value, for `comparison: stored`."""

    minimum: Number | None = None
    maximum: Number | None = None
    mean: Number | None = None
    standard_deviation: Number | None = None
    reference: Number | None = None
    values: tuple[Number, ...] | None = None


class Scoring(Strict):
    """The scoring rule of a KPI; `method.md` in docs gives the formula of each normalisation."""

    normalisation: Normalisation
    comparison: Literal["this_cycle", "stored"] = "this_cycle"
    parameters: Parameters | None = None
    lower: Number | None = None
    upper: Number | None = None
    target: Number | None = None
    reference: AdministrationCode | None = None
    steps: tuple[Step, ...] | None = None
    centre: Number | None = None
    spread: Number | None = None
    transform: Literal["none", "log", "sqrt", "winsorise"] = "none"
    offset: Number = 0
    winsorise: Winsorise | None = None
    cut: Cut | None = None
    zero_range: Literal["missing", "mid_scale"] = "missing"

    @property
    def effective_cut(self) -> Cut:
        """The cut that applies: as declared; else at both ends, but none for z-scores, steps and identity."""
        if self.cut is not None:
            return self.cut
        return "none" if self.normalisation in ("z_score", "steps", "identity") else "both"

    @property
    def needs_sample(self) -> bool:
        """Whether the score of one administration depends on the values of the others in the cycle."""
        if self.comparison == "stored":
            return False
        if self.normalisation in ("distance_to_target",):
            return self.transform == "winsorise" or (self.lower is None and self.upper is None)
        return self.transform == "winsorise" or self.normalisation in SAMPLE_NORMALISATIONS


SAMPLE_NORMALISATIONS = frozenset(
    {"min_max", "z_score", "rank", "percentile_rank"}
    | {"distance_to_best", "distance_to_reference", "fraction_of_maximum"}
)
