"""Tolerant readers of what submission-svc says that others would see."""

from pydantic import BaseModel


class SeenKpi(BaseModel):
    """A KPI as somebody would see it; a value may stay hidden where the state is not."""

    code: str
    state: str
    value: float | None


class SeenInput(BaseModel):
    """A figure as somebody would see it."""

    code: str
    year: int
    value: float | None


class Hidden(BaseModel):
    """How many there are that somebody would not see."""

    kpis: int
    inputs: int
    comments: int
    evidence: int


class Seen(BaseModel):
    """What a role would see, were the submission accepted as it is now."""

    role: str
    level: str
    knows_cycle: bool
    kpis: list[SeenKpi]
    inputs: list[SeenInput]
    hidden: Hidden
