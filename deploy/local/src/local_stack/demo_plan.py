"""The shape of demo_plan.yaml: how the synthetic submissions of the demo cycle are drawn."""

from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

Range = tuple[float, float]


class PlanPart(BaseModel):
    """Refuses keys that nobody reads, so that a misspelt one is found at once."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class InputPlan(PlanPart):
    """How one input is drawn; exactly one of base, of, sum and level says from what."""

    base: dict[str, float] | None = None
    of: str | None = None
    sum: tuple[str, ...] | None = None
    level: Range | None = None
    share: Range = (0.0, 1.0)
    log: bool = False
    spread: float = 0.0
    growth: float = 0.0
    noise: float = 0.0
    zero: float = 0.0
    starts: float = 0.0

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if sum(origin is not None for origin in (self.base, self.of, self.sum, self.level)) != 1:
            raise ValueError("exactly one of base, of, sum and level is needed")
        return self


class CoveragePlan(PlanPart):
    administrations: int
    answered: Range


class DisclosurePlan(PlanPart):
    default: dict[str, float]
    own_choice: float
    kpis: tuple[int, int]
    levels: tuple[str, ...]


class NotApplicablePlan(PlanPart):
    """A reason why a KPI does not apply: to the administrations named, else to each one by chance."""

    kpi: str
    reason: str
    administrations: tuple[str, ...] = ()
    chance: float = 0.0


class OptedOutPlan(PlanPart):
    chance: float
    reasons: tuple[str, ...]


class ClaimsPlan(PlanPart):
    not_applicable: tuple[NotApplicablePlan, ...]
    opted_out: OptedOutPlan


class DemoPlan(PlanPart):
    """All choices of the demo; the generator itself holds none."""

    participation: dict[str, int]
    not_members: tuple[str, ...]
    outcomes: dict[str, int]
    maturity: Range
    sizes: dict[str, float]
    coverage: tuple[CoveragePlan, ...]
    core: tuple[str, ...]
    no_year_before: float
    disclosure: DisclosurePlan
    claims: ClaimsPlan
    digits: dict[str, int]
    inputs: dict[str, InputPlan] = Field(min_length=1)

    @model_validator(mode="after")
    def _everybody_has_a_place(self) -> Self:
        number = sum(self.participation.values())
        for name, places in (
            ("outcomes", sum(self.outcomes.values())),
            ("coverage", sum(part.administrations for part in self.coverage)),
        ):
            if places != number:
                raise ValueError(f"{name} has {places} places for {number} administrations")
        return self


def read_plan(text: str) -> DemoPlan:
    """Read the YAML text of a plan; a wrong plan raises pydantic's ValidationError."""
    return DemoPlan.model_validate(yaml.safe_load(text))
