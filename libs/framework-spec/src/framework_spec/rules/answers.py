"""What goes into the rules (the answers of one administration) and what comes out (violations)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from framework_spec.parts import ClaimName
from framework_spec.validation_rules import Severity


@dataclass(frozen=True)
class Answers:
    """The answers of one administration in one cycle.

    `figures` by (input code, calendar year); an absent key, None and NaN all mean "not given". `claims` by KPI code.
    `evidence` has the codes of the inputs and KPIs for which there is evidence.
    """

    reporting_year: int
    figures: Mapping[tuple[str, int], float | None] = field(default_factory=dict)
    claims: Mapping[str, ClaimName] = field(default_factory=dict)
    evidence: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Figure:
    """A figure that a rule looked at; None when it was not given."""

    input: str
    year: int
    value: float | None


@dataclass(frozen=True)
class Violation:
    """A rule that answers do not keep, with the figures it looked at and its text.

    `inputs` are the inputs to look at again, `kpis` the KPIs that rest on them. `found` is the value or the change in
    percent that was outside the limits, for rules with limits.
    """

    rule: str
    kind: str
    severity: Severity
    shadow: bool
    inputs: tuple[str, ...]
    kpis: tuple[str, ...]
    figures: tuple[Figure, ...]
    found: float | None
    text: str

    @property
    def blocks(self) -> bool:
        """Whether answers cannot be submitted like this: an error that is in force."""
        return self.severity == "error" and not self.shadow

    @property
    def asks_for_reason(self) -> bool:
        """Whether the member has to give a reason: a warning that is in force."""
        return self.severity == "warning" and not self.shadow

    def document(self) -> dict[str, Any]:
        """Give the JSON-ready violation."""
        plain = asdict(self)
        lists = {name: list(plain[name]) for name in ("inputs", "kpis", "figures")}
        return {**plain, **lists}
