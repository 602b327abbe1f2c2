"""The validation rules that a framework owns: what answers must keep to, how strictly, and from which day."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from framework_spec.codes import InputCode, NodeCode
from framework_spec.numbers import Number
from framework_spec.parts import LocalizedText
from framework_spec.scoring_rules import Strict

Severity = Literal["error", "warning", "information"]

_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def _only_a_date(value: Any) -> Any:
    # Without this a number would be read as seconds since 1970.
    if isinstance(value, date) or (isinstance(value, str) and _DATE.match(value)):
        return value
    raise ValueError("should be a day as text, like 2027-01-01")


Day = Annotated[date, BeforeValidator(_only_a_date)]


class _RuleFields(Strict):
    id: NodeCode
    severity: Severity
    text: LocalizedText
    valid_from: Day | None = None
    shadow: bool = Field(default=False, strict=True)
    when: str | None = None

    def is_shadow(self, on: date) -> bool:
        """Whether the rule only counts on this day: it is in shadow mode, or its day has not come."""
        return self.shadow or (self.valid_from is not None and on < self.valid_from)


class RangeRule(_RuleFields):
    """The value of an expression over inputs lies between `minimum` and `maximum`, ends included."""

    kind: Literal["range"]
    value: str
    minimum: Number | None = None
    maximum: Number | None = None


class ComparisonRule(_RuleFields):
    """A comparison holds, like `ELECTRONIC <= ALL`."""

    kind: Literal["comparison"]
    check: str


class ChangeRule(_RuleFields):
    """An expression rose or fell by no more than so many percent of its value in the year before.

    A value that was 0 the year before has no change in percent: `from_zero: violation` reports any value other than 0
    after it, `from_zero: ignore` nothing.
    """

    kind: Literal["change"]
    value: str
    maximum_rise: Annotated[Number, Field(ge=0)] | None = None
    maximum_fall: Annotated[Number, Field(ge=0)] | None = None
    from_zero: Literal["ignore", "violation"] = "ignore"


class CompletenessRule(_RuleFields):
    """Each of these inputs has a figure for year T; each of these KPIs has all it needs, or a claim that it allows."""

    kind: Literal["completeness"]
    inputs: tuple[InputCode, ...] = ()
    kpis: tuple[NodeCode, ...] = ()


class EvidenceRule(_RuleFields):
    """Each of these inputs and KPIs that has an answer has evidence, too."""

    kind: Literal["evidence"]
    inputs: tuple[InputCode, ...] = ()
    kpis: tuple[NodeCode, ...] = ()


Rule = Annotated[
    RangeRule | ComparisonRule | ChangeRule | CompletenessRule | EvidenceRule,
    Field(discriminator="kind"),
]
