"""What is said of a whole content: broken rules, and warnings with their reasons."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from submission_svc.domain.warnings.found import WarningKind
from submission_svc.domain.warnings.reasons import ReasonCode


class WarnedFigure(BaseModel):
    """A figure that a warning or a rule looked at; null when it was not given."""

    input: str
    year: int
    value: float | None


class AcceptedFigure(WarnedFigure):
    """A figure that is in force in a cycle."""

    cycle: str


class BoundsRead(BaseModel):
    """The values between which a figure would be no outlier, ends included."""

    low: float
    high: float


class ReasonRead(BaseModel):
    """A reason; without code and moment it is the one that the answer itself brought."""

    code: ReasonCode | None
    text: str | None
    at: datetime | None


class WarningRead(BaseModel):
    """A warning. Its reason holds as long as its figures stay the same."""

    id: str = Field(description="Stable: rule:RULE, outlier:INPUT:2024 or revision:INPUT:2024")
    kind: WarningKind
    text: str
    inputs: list[str]
    kpis: list[str]
    figures: list[WarnedFigure]
    compared: list[AcceptedFigure]
    bounds: BoundsRead | None
    reason: ReasonRead | None
    earlier_reason: ReasonRead | None = Field(description="Your last reason for the like of it, to be given again")


class ViolationRead(BaseModel):
    """A rule of the framework that the answers as a whole do not keep."""

    rule: str
    kind: str = Field(description="What sort of rule it is: range, comparison, change, completeness ...")
    severity: Literal["error", "warning", "information"]
    shadow: bool = Field(description="Whether the rule is only counted so far, and blocks nobody")
    inputs: list[str]
    kpis: list[str]
    figures: list[WarnedFigure]
    found: float | None = Field(description="The value, or the change in percent, that was outside the limits")
    text: str
    blocks: bool = Field(description="Whether it must be mended before submitting")
    asks_for_reason: bool = Field(description="Whether submitting asks why it is all right")
